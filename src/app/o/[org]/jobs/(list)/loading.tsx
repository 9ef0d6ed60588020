import { JobsSkeleton } from "~/modules/jobs/ui";

export default JobsSkeleton;
