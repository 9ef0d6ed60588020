import { definePrivacy } from "~/kernel/privacy";

export const jobsPrivacy = definePrivacy("jobs", {
  job: {
    columns: {
      user_id: "who started it",
      cancelled_by_id: "who cancelled it",
      input: "what the work was given; the starting module says what it puts in",
      result: "what the work gave; the module that runs it says what it puts in",
      progress_note: "a line about what is being done",
      error_message: "why it failed, in words",
    },
    person: "user_id",
    onErase: "keep the row with its ids; empty input, result, progress_note and error_message",
  },
  job_step: {
    columns: { error: "why a try failed, in words" },
    person: "the job's user_id",
    onErase: "empty the column",
  },
  job_event: {
    columns: { user_id: "who started the job", payload: "the job's state, with its words" },
    person: "user_id",
    onErase: "delete the rows; they live 24 hours anyway",
    notExported: "a copy of what the job itself says",
  },
  outbox_event: {
    columns: { data: "ids of the job and of who started it" },
    person: "data.meta.user_id",
    onErase: "keep: ids without a person behind them, removed 7 days after they were sent",
    notExported: "ids of a job that is exported itself",
  },
});
