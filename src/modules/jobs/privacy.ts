import { definePrivacy, deleted, ORGS, orgsUnexported } from "~/kernel/privacy";

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
    who: "user_id",
    person: {
      erase: [
        {
          where: "t.user_id = :id",
          then: {
            set: {
              input: `'{"value": null}'`,
              result: "NULL",
              progress_note: "NULL",
              error_message: "NULL",
            },
          },
        },
      ],
      export: "t.user_id = :id",
      ids: {
        user_id: "who started work of the organization",
        cancelled_by_id: "who ended work of the organization",
      },
    },
    org: ORGS,
  },
  job_step: {
    columns: { error: "why a try failed, in words" },
    who: "the job's user_id",
    person: {
      erase: [
        {
          where: "t.job_id IN (SELECT j.id FROM job j WHERE j.user_id = :id)",
          then: { set: { error: "NULL" } },
        },
      ],
      export: "t.job_id IN (SELECT j.id FROM job j WHERE j.user_id = :id)",
    },
    org: ORGS,
  },
  job_event: {
    columns: { user_id: "who started the job", payload: "the job's state, with its words" },
    who: "user_id",
    person: {
      erase: [deleted("t.user_id = :id")],
      export: { not: "a copy of what the job itself says, kept for a day" },
    },
    org: orgsUnexported("a copy of what the job itself says, kept for a day"),
  },
  outbox_event: {
    columns: { data: "ids of the job and of who started it" },
    who: "data.meta.user_id",
    person: {
      erase: [],
      export: { not: "ids of a job that is exported itself" },
      ids: { data: "who asked for work; removed 7 days after it was sent" },
    },
    org: orgsUnexported("ids of what is exported itself"),
  },
});
