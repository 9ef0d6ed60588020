import { KeysSkeleton } from "~/modules/api-keys/ui";

export default KeysSkeleton;
