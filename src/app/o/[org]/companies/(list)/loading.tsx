import { CompaniesSkeleton } from "~/modules/crm/ui";

export default CompaniesSkeleton;
