export { JobDetailPage } from "./job-detail-page";
export { JobFollower, useFollowJob } from "./job-follower";
export { JobProgress } from "./job-progress";
export { JobsPage } from "./jobs-page";
export { JobsSkeleton } from "./jobs-skeleton";
export { useJobStream } from "./use-job-stream";
export { JobState, STATUS_WORDS as JOB_STATUS_WORDS } from "./job-words";
