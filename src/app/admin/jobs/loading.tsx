import { JobsSkeleton } from "~/modules/admin/ui";

export default JobsSkeleton;
