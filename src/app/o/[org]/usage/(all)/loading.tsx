import { UsageSkeleton } from "~/modules/metering/ui";

export default UsageSkeleton;
