import { ErasuresSkeleton } from "~/modules/admin/ui";

export default ErasuresSkeleton;
