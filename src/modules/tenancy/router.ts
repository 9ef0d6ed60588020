/** Tenancy's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { z } from "zod";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { Done, done, orgProcedure, publicProcedure, router, userProcedure } from "~/server/trpc/procedures";
import {
  acceptInvitation,
  askSlug,
  createOrganization,
  currentOrganization,
  finishLogoUpload,
  hideSetup,
  inviteMembers,
  leaveOrganization,
  lookAtInvitation,
  myOrganizations,
  noteVisit,
  removeLogo,
  resendInvitation,
  startLogoUpload,
} from "./flows";
import {
  ChangeRoleInput,
  CreateOrganizationInput,
  FinishLogoInput,
  InvitationId,
  InvitationPreview,
  InvitationToken,
  InviteInput,
  InviteReceipt,
  ListMembersInput,
  LogoReceipt,
  LogoUpload,
  MemberInput,
  MemberPage,
  MyOrganization,
  OrganizationAddress,
  OrganizationDetail,
  OrganizationSlug,
  PendingInvitations,
  RequestDeletionInput,
  SetupProgress,
  SlugAnswer,
  SlugQuestion,
  StartLogoInput,
  TransferOwnershipInput,
  UpdateSettingsInput,
} from "./schema";
import {
  changeRole,
  listInvitations,
  listMembers,
  removeMember,
  requestDeletion,
  revokeInvitation,
  setupProgress,
  transferOwnership,
  undoDeletion,
  updateSettings,
} from "./service";

const Nothing = z.void();

export const tenancyRouter = router({
  myOrganizations: userProcedure
    .input(Nothing)
    .output(z.array(MyOrganization))
    .query(({ ctx }) => myOrganizations(ctx.actor)),
  create: userProcedure
    .input(CreateOrganizationInput)
    .output(OrganizationAddress)
    .mutation(({ ctx, input }) => createOrganization(ctx.actor, input)),
  askSlug: userProcedure
    .input(SlugQuestion)
    .output(SlugAnswer)
    .query(({ ctx, input }) => askSlug(ctx.actor, input.slug)),
  invitation: publicProcedure
    .input(InvitationToken)
    .output(InvitationPreview)
    .query(({ ctx, input }) => lookAtInvitation(ctx.trace, input.token)),
  acceptInvitation: userProcedure
    .input(InvitationToken)
    .output(OrganizationSlug)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.actor, input.token)),

  current: orgProcedure
    .meta({ permission: "organization.read" })
    .input(Nothing)
    .output(OrganizationDetail)
    .query(({ ctx }) => currentOrganization(ctx.actor)),
  setup: orgProcedure
    .meta({ permission: "organization.read" })
    .input(Nothing)
    .output(SetupProgress)
    .query(({ ctx }) => readTenant(ctx.actor, setupProgress)),
  hideSetup: orgProcedure
    .meta({ permission: "organization.read" })
    .input(Nothing)
    .output(Done)
    .mutation(({ ctx }) => hideSetup(ctx.actor).then(() => done)),
  noteVisit: orgProcedure
    .meta({ permission: "organization.read" })
    .input(Nothing)
    .output(Done)
    .mutation(({ ctx }) => noteVisit(ctx.actor).then(() => done)),

  members: orgProcedure
    .meta({ permission: "member.read" })
    .input(ListMembersInput)
    .output(MemberPage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listMembers(scope, input))),
  changeRole: orgProcedure
    .meta({ permission: "member.update" })
    .input(ChangeRoleInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => changeRole(scope, input)).then(() => done),
    ),
  removeMember: orgProcedure
    .meta({ permission: "member.remove" })
    .input(MemberInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => removeMember(scope, input)).then(() => done),
    ),
  leave: orgProcedure
    .meta({ permission: "member.leave" })
    .input(Nothing)
    .output(Done)
    .mutation(({ ctx }) => leaveOrganization(ctx.actor).then(() => done)),
  transferOwnership: orgProcedure
    .meta({ permission: "organization.transfer" })
    .input(TransferOwnershipInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => transferOwnership(scope, input)).then(() => done),
    ),

  invitations: orgProcedure
    .meta({ permission: "member.read" })
    .input(Nothing)
    .output(PendingInvitations)
    .query(({ ctx }) => readTenant(ctx.actor, listInvitations)),
  invite: orgProcedure
    .meta({ permission: "member.invite" })
    .input(InviteInput)
    .output(InviteReceipt)
    .mutation(({ ctx, input }) => inviteMembers(ctx.actor, input)),
  resendInvitation: orgProcedure
    .meta({ permission: "member.invite" })
    .input(InvitationId)
    .output(InviteReceipt)
    .mutation(({ ctx, input }) => resendInvitation(ctx.actor, input)),
  revokeInvitation: orgProcedure
    .meta({ permission: "member.invite" })
    .input(InvitationId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => revokeInvitation(scope, input)).then(() => done),
    ),

  updateSettings: orgProcedure
    .meta({ permission: "organization.update" })
    .input(UpdateSettingsInput)
    .output(OrganizationSlug)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateSettings(scope, input))),
  startLogoUpload: orgProcedure
    .meta({ permission: "organization.update" })
    .input(StartLogoInput)
    .output(LogoUpload)
    .mutation(({ ctx, input }) => startLogoUpload(ctx.actor, input)),
  finishLogoUpload: orgProcedure
    .meta({ permission: "organization.update" })
    .input(FinishLogoInput)
    .output(LogoReceipt)
    .mutation(({ ctx, input }) => finishLogoUpload(ctx.actor, input)),
  removeLogo: orgProcedure
    .meta({ permission: "organization.update" })
    .input(Nothing)
    .output(Done)
    .mutation(({ ctx }) => removeLogo(ctx.actor).then(() => done)),
  requestDeletion: orgProcedure
    .meta({ permission: "organization.delete" })
    .input(RequestDeletionInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => requestDeletion(scope, input)).then(() => done),
    ),
  undoDeletion: orgProcedure
    .meta({ permission: "organization.delete" })
    .input(Nothing)
    .output(Done)
    .mutation(({ ctx }) => withTenant(ctx.actor, undoDeletion).then(() => done)),
});
