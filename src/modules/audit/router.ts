/** Audit's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { z } from "zod";
import { readTenant } from "~/server/db/with-tenant";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { AUDIT_ROUTES as REST } from "./rest";
import { AuditEntryInput, AuditItem, AuditListInput, AuditPage, AuditPerson, ChainState } from "./schema";
import { chainState, listEntries, listPeople, readEntry, type AuditTargets } from "./service/read-log";

const reading = orgProcedure.meta({ permission: "audit.read" });
const listing = orgProcedure.meta({ permission: "audit.read", rest: REST.list });
const showing = orgProcedure.meta({ permission: "audit.read", rest: REST.entry });

/** `targets` knows the names of what entries are about, and where each has its page. */
export const auditRouter = (targets: AuditTargets) =>
  router({
    list: listing
      .input(AuditListInput)
      .output(AuditPage)
      .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listEntries(scope, input, targets))),
    entry: showing
      .input(AuditEntryInput)
      .output(AuditItem)
      .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => readEntry(scope, input, targets))),
    people: reading.output(z.array(AuditPerson)).query(({ ctx }) => readTenant(ctx.actor, listPeople)),
    chain: reading.output(ChainState).query(({ ctx }) => readTenant(ctx.actor, chainState)),
  });
