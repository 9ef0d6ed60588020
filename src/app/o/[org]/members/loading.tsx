import { MembersSkeleton } from "~/modules/tenancy/ui";

export default MembersSkeleton;
