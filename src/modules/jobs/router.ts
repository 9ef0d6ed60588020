/** Jobs' tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { Done, done, orgProcedure, router } from "~/server/trpc/procedures";
import { JOB_ROUTES as REST } from "./rest";
import { JobIdInput, JobPage, JobView, ListJobsInput, StartedJob, TaskTypes } from "./schema";
import { cancelJob, getJob, jobTaskTypes, listJobs, runJobAgain } from "./service";

export const jobsRouter = router({
  taskTypes: orgProcedure
    .meta({ permission: "job.read" })
    .output(TaskTypes)
    .query(({ ctx }) => readTenant(ctx.actor, jobTaskTypes)),
  list: orgProcedure
    .meta({ permission: "job.read", rest: REST.list })
    .input(ListJobsInput)
    .output(JobPage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listJobs(scope, input))),
  get: orgProcedure
    .meta({ permission: "job.read", rest: REST.get })
    .input(JobIdInput)
    .output(JobView)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => getJob(scope, input))),
  cancel: orgProcedure
    .meta({ permission: "job.write", rest: REST.cancel })
    .input(JobIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => cancelJob(scope, input)).then(() => done)),
  runAgain: orgProcedure
    .meta({ permission: "job.write", rest: REST.runAgain })
    .input(JobIdInput)
    .output(StartedJob)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => runJobAgain(scope, input))),
});
