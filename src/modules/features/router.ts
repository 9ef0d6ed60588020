/** Features' tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { z } from "zod";
import { readTenant } from "~/server/db/with-tenant";
import { orgProcedure, platformProcedure, router } from "~/server/trpc/procedures";
import { explainAs } from "./flows";
import { FEATURE_ROUTES as REST } from "./rest";
import { Explained, FeatureMember, FeatureStates, OfOrgInput, Verdict, WhyMayInput } from "./schema";
import { explainFeatures, featureStates } from "./service";
import { memberNames, membersToExplain, whyMay } from "./service/why-may";

const explaining = orgProcedure.meta({ permission: "feature.read", rest: REST.explain });
const askingWho = orgProcedure.meta({ permission: "access.read" });

export const featuresRouter = router({
  /** What is on, for whoever is in the organization. */
  states: orgProcedure
    .meta({ permission: "organization.read" })
    .output(FeatureStates)
    .query(({ ctx: { actor } }) => readTenant(actor, ({ db }) => featureStates({ db, orgId: actor.orgId }))),
  explain: explaining
    .output(Explained)
    .query(({ ctx: { actor } }) =>
      readTenant(actor, (scope) => explainFeatures({ db: scope.db, orgId: actor.orgId }, memberNames(scope))),
    ),
  members: askingWho
    .output(z.array(FeatureMember))
    .query(({ ctx }) => readTenant(ctx.actor, membersToExplain)),
  why: askingWho
    .input(WhyMayInput)
    .output(Verdict)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => whyMay(scope, input))),
  ofOrg: platformProcedure
    .input(OfOrgInput)
    .output(Explained)
    .query(({ ctx, input }) => explainAs(ctx.actor, input)),
});
