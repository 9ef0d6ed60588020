import { OrganizationsSkeleton } from "~/modules/admin/ui";

export default OrganizationsSkeleton;
