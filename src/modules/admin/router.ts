/** The console's tRPC door: staff who confirmed of late that it is them. No decisions, no SQL. */
import { z } from "zod";
import { Done, done, platformProcedure, router } from "~/server/trpc/procedures";
import { SetFeatureInput, ClearFeatureInput } from "~/modules/features/schema";
import {
  changePlan,
  endSessions,
  exportAudit,
  giveOverride,
  repeatJob,
  searchErasureAgain,
  stopJob,
  suspend,
  switchFeature,
  takeOverride,
  unsetFeature,
} from "./flows/act";
import {
  auditLog,
  erasure,
  erasures,
  featureMatrix,
  findOrganizations,
  health,
  jobs,
  organization,
  organizations,
  overview,
  people,
  person,
} from "./flows/look";
import {
  AuditInput,
  AuditPage,
  ChangePlanInput,
  EndedSessions,
  EndOverrideInput,
  EndSessionsInput,
  ErasuresInput,
  ErasuresPage,
  ErasureView,
  ExportAuditInput,
  ExportedAudit,
  FeaturesInput,
  FeaturesPage,
  FoundOrganizations,
  Health,
  IdInput,
  JobActInput,
  JobsInput,
  JobsPage,
  OrganizationsInput,
  OrganizationsPage,
  OrganizationView,
  Overview,
  PeopleInput,
  PeoplePage,
  PersonView,
  SearchAgainInput,
  SetOverrideInput,
  SuspendInput,
} from "./schema";

export const adminRouter = router({
  overview: platformProcedure.output(Overview).query(({ ctx }) => overview(ctx.actor)),
  organizations: platformProcedure
    .input(OrganizationsInput)
    .output(OrganizationsPage)
    .query(({ ctx, input }) => organizations(ctx.actor, input)),
  findOrganizations: platformProcedure
    .input(z.object({ search: z.string().trim().max(200).optional() }))
    .output(FoundOrganizations)
    .query(({ ctx, input }) => findOrganizations(ctx.actor, input.search)),
  organization: platformProcedure
    .input(IdInput)
    .output(OrganizationView)
    .query(({ ctx, input }) => organization(ctx.actor, input.id)),
  people: platformProcedure
    .input(PeopleInput)
    .output(PeoplePage)
    .query(({ ctx, input }) => people(ctx.actor, input)),
  person: platformProcedure
    .input(IdInput)
    .output(PersonView)
    .query(({ ctx, input }) => person(ctx.actor, input.id)),
  jobs: platformProcedure
    .input(JobsInput)
    .output(JobsPage)
    .query(({ ctx, input }) => jobs(ctx.actor, input)),
  features: platformProcedure
    .input(FeaturesInput)
    .output(FeaturesPage)
    .query(({ ctx, input }) => featureMatrix(ctx.actor, input)),
  audit: platformProcedure
    .input(AuditInput)
    .output(AuditPage)
    .query(({ ctx, input }) => auditLog(ctx.actor, input)),
  erasures: platformProcedure
    .input(ErasuresInput)
    .output(ErasuresPage)
    .query(({ ctx, input }) => erasures(ctx.actor, input)),
  erasure: platformProcedure
    .input(IdInput)
    .output(ErasureView)
    .query(({ ctx, input }) => erasure(ctx.actor, input.id)),
  health: platformProcedure.output(Health).query(({ ctx }) => health(ctx.actor)),

  suspend: platformProcedure
    .input(SuspendInput)
    .output(Done)
    .mutation(({ ctx, input }) => suspend(ctx.actor, input).then(() => done)),
  changePlan: platformProcedure
    .input(ChangePlanInput)
    .output(Done)
    .mutation(({ ctx, input }) => changePlan(ctx.actor, input).then(() => done)),
  setOverride: platformProcedure
    .input(SetOverrideInput)
    .output(Done)
    .mutation(({ ctx, input }) => giveOverride(ctx.actor, input).then(() => done)),
  endOverride: platformProcedure
    .input(EndOverrideInput)
    .output(Done)
    .mutation(({ ctx, input }) => takeOverride(ctx.actor, input).then(() => done)),
  setFeature: platformProcedure
    .input(SetFeatureInput)
    .output(Done)
    .mutation(({ ctx, input }) => switchFeature(ctx.actor, input).then(() => done)),
  clearFeature: platformProcedure
    .input(ClearFeatureInput)
    .output(Done)
    .mutation(({ ctx, input }) => unsetFeature(ctx.actor, input).then(() => done)),
  endSessions: platformProcedure
    .input(EndSessionsInput)
    .output(EndedSessions)
    .mutation(({ ctx, input }) => endSessions(ctx.actor, input)),
  cancelJob: platformProcedure
    .input(JobActInput)
    .output(Done)
    .mutation(({ ctx, input }) => stopJob(ctx.actor, input).then(() => done)),
  runJobAgain: platformProcedure
    .input(JobActInput)
    .output(Done)
    .mutation(({ ctx, input }) => repeatJob(ctx.actor, input).then(() => done)),
  exportAudit: platformProcedure
    .input(ExportAuditInput)
    .output(ExportedAudit)
    .mutation(({ ctx, input }) => exportAudit(ctx.actor, input)),
  searchErasureAgain: platformProcedure
    .input(SearchAgainInput)
    .output(Done)
    .mutation(({ ctx, input }) => searchErasureAgain(ctx.actor, input).then(() => done)),
});
