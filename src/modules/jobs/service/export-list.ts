/** The list of jobs as a file. */
import { defineListExport } from "~/server/csv/list-export";
import { ListJobsInput } from "../schema";
import { listJobs } from "../service";

export const jobsExport = defineListExport({
  list: "jobs",
  permission: "job.read",
  input: ListJobsInput,
  page: listJobs,
  columns: [
    { label: "Work", cell: ({ taskType }) => taskType },
    { label: "Status", cell: ({ status }) => status },
    { label: "Progress", cell: ({ progress }) => progress.note },
    { label: "Why it failed", cell: ({ cause }) => cause?.message },
    { label: "Started by", cell: ({ startedBy }) => startedBy.name },
    { label: "Attempts", cell: ({ attempts }) => attempts },
    { label: "Created", cell: ({ createdAt }) => createdAt },
    { label: "Began", cell: ({ startedAt }) => startedAt },
    { label: "Ended", cell: ({ finishedAt }) => finishedAt },
    { label: "Id", cell: ({ id }) => id },
  ],
});
