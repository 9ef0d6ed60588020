/** Entitlements' tRPC door. */
import { z } from "zod";
import { readTenant } from "~/server/db/with-tenant";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { TermsView } from "./schema";
import { viewTerms } from "./service";

export const entitlementsRouter = router({
  /** What the organization is on now. */
  current: orgProcedure
    .meta({ permission: "organization.read" })
    .input(z.void())
    .output(TermsView)
    .query(({ ctx }) => readTenant(ctx.actor, ({ db, actor }) => viewTerms({ db, orgId: actor.orgId }))),
});
