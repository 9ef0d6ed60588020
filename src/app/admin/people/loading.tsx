import { PeopleSkeleton } from "~/modules/admin/ui";

export default PeopleSkeleton;
