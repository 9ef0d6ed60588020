/** Metering's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { readTenant } from "~/server/db/with-tenant";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { Usage, UsageInput } from "./schema";
import { usageThisPeriod } from "./service";

export const meteringRouter = router({
  thisPeriod: orgProcedure
    .meta({ permission: "usage.read" })
    .input(UsageInput)
    .output(Usage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => usageThisPeriod(scope, input.meter))),
});
