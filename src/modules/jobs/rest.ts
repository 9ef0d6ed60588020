/** Jobs below `/api/v1`. They are started by what they are for: an import, an export. */
import type { RestRoute } from "~/server/rest/route";

const JOB = {
  task_type: "What is done: import, export, …",
  attempts: "Highest try of any step, 1 to 4.",
  "progress.done": "Units of work that are done.",
  "progress.total": "Null while nobody knows.",
  cause: "Why it failed; null otherwise.",
  scheduled_for: "It does not begin before.",
  steps: "The latest 200, oldest first; `step_count` counts all.",
  result: "Counters and ids; null until it is completed.",
};

export const JOB_ROUTES = {
  list: {
    method: "GET",
    path: "/jobs",
    tag: "Jobs",
    summary: "List jobs",
    description: "Newest first. Without `whose` only those that the key’s member has started.",
    answer: "JobSummary",
    fields: { ...JOB, whose: "mine, or all (for owners and admins)." },
  },
  get: {
    method: "GET",
    path: "/jobs/{id}",
    tag: "Jobs",
    summary: "Get a job",
    answer: "Job",
    fields: JOB,
  },
  cancel: {
    method: "POST",
    path: "/jobs/{id}/cancel",
    tag: "Jobs",
    summary: "Cancel a job",
    description: "What its steps have done stays.",
    record: "jobs.get",
  },
  runAgain: {
    method: "POST",
    path: "/jobs/{id}/reruns",
    tag: "Jobs",
    summary: "Run a job again",
    description: "Starts a new job with the input of one that has ended.",
    answer: "Job",
    status: 201,
    record: "jobs.get",
    recordOf: ({ jobId }) => ({ id: jobId }),
  },
} satisfies Record<string, RestRoute>;
