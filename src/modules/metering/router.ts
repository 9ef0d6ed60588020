/** Metering's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { z } from "zod";
import { readTenant } from "~/server/db/with-tenant";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { USAGE_ROUTES as REST } from "./rest";
import {
  EntryPage,
  ListEntriesInput,
  PeriodList,
  Usage,
  UsageByDay,
  UsageByDayInput,
  UsageInput,
  UsageSummary,
} from "./schema";
import { listEntries, listPeriods, usageByDay, usageSummary, usageThisPeriod } from "./service";

export const meteringRouter = router({
  thisPeriod: orgProcedure
    .meta({ permission: "usage.read", rest: REST.meter })
    .input(UsageInput)
    .output(Usage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => usageThisPeriod(scope, input.meter))),
  /** Every meter in the period that runs. */
  summary: orgProcedure
    .meta({ permission: "usage.read", rest: REST.summary })
    .input(z.void())
    .output(UsageSummary)
    .query(({ ctx }) => readTenant(ctx.actor, usageSummary)),
  byDay: orgProcedure
    .meta({ permission: "usage.read", rest: REST.byDay })
    .input(UsageByDayInput)
    .output(UsageByDay)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => usageByDay(scope, input, ctx.org.timeZone))),
  /** Which periods there are to look at, newest first. */
  periods: orgProcedure
    .meta({ permission: "usage.read" })
    .input(z.void())
    .output(PeriodList)
    .query(({ ctx }) => readTenant(ctx.actor, listPeriods)),
  /** The ledger itself: what each counted unit was for. */
  entries: orgProcedure
    .meta({ permission: "usage.read", rest: REST.entries })
    .input(ListEntriesInput)
    .output(EntryPage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listEntries(scope, input))),
});
