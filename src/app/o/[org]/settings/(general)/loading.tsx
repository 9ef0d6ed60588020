import { CardsSkeleton } from "~/modules/tenancy/ui";

export default CardsSkeleton;
