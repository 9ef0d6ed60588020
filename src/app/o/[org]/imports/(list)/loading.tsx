import { ImportsSkeleton } from "~/modules/crm/ui";

export default ImportsSkeleton;
