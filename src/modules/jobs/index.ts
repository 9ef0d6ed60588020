import "server-only";
export { defineJob, type JobDefinition, type JobRun, type JobStep } from "./flows/run-job";
export { queueFunctions } from "./functions";
export { cancelJob, getJob, runJobAgain, startJob } from "./service";
export { jobSearch } from "./service/find-jobs";
export { jobsExport } from "./service/export-list";
export { jobSweeps } from "./flows/sweep";
export { streamJobs } from "./flows/stream-jobs";
export { ListJobsInput } from "./schema";
