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
import { TENANCY_ROUTES as REST } from "./rest";
import {
  ApiOrigins,
  ChangeRoleInput,
  CreateOrganizationInput,
  FinishLogoInput,
  InvitationId,
  InvitationPreview,
  InvitationToken,
  InviteInput,
  InviteReceipt,
  ListMembersInput,
  Member,
  LogoReceipt,
  LogoUpload,
  MemberInput,
  MemberPage,
  MyOrganization,
  OrganizationAddress,
  OrganizationDetail,
  OrganizationRecord,
  OrganizationSlug,
  PendingInvitations,
  SetupProgress,
  SlugAnswer,
  SlugQuestion,
  StartLogoInput,
  TransferOwnershipInput,
  UpdateOrganizationInput,
  UpdateSettingsInput,
} from "./schema";
import {
  apiOrigins,
  changeApiOrigins,
  changeRole,
  getMember,
  listInvitations,
  listMembers,
  organizationRecord,
  removeMember,
  revokeInvitation,
  setupProgress,
  transferOwnership,
  updateSettings,
} from "./service";

const Nothing = z.void();

export const tenancyRouter = router({
  myOrganizations: userProcedure
    .meta({ openToStaff: true })
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

  organization: orgProcedure
    .meta({ permission: "organization.read", rest: REST.organization })
    .input(Nothing)
    .output(OrganizationRecord)
    .query(({ ctx }) => readTenant(ctx.actor, organizationRecord)),
  update: orgProcedure
    .meta({ permission: "organization.update", rest: REST.update })
    .input(UpdateOrganizationInput)
    .output(OrganizationSlug)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateSettings(scope, input))),
  apiOrigins: orgProcedure
    .meta({ permission: "organization.read" })
    .input(Nothing)
    .output(ApiOrigins)
    .query(({ ctx }) => readTenant(ctx.actor, apiOrigins)),
  changeApiOrigins: orgProcedure
    .meta({ permission: "organization.update" })
    .input(ApiOrigins)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => changeApiOrigins(scope, input)).then(() => done),
    ),

  member: orgProcedure
    .meta({ permission: "member.read", rest: REST.member })
    .input(MemberInput)
    .output(Member)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => getMember(scope, input))),
  members: orgProcedure
    .meta({ permission: "member.read", rest: REST.members })
    .input(ListMembersInput)
    .output(MemberPage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listMembers(scope, input))),
  changeRole: orgProcedure
    .meta({ permission: "member.update", rest: REST.changeRole })
    .input(ChangeRoleInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => changeRole(scope, input)).then(() => done),
    ),
  removeMember: orgProcedure
    .meta({ permission: "member.remove", rest: REST.removeMember })
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
    .meta({ permission: "member.read", rest: REST.invitations })
    .input(Nothing)
    .output(PendingInvitations)
    .query(({ ctx }) => readTenant(ctx.actor, listInvitations)),
  invite: orgProcedure
    .meta({ permission: "member.invite", rest: REST.invite })
    .input(InviteInput)
    .output(InviteReceipt)
    .mutation(({ ctx, input }) => inviteMembers(ctx.actor, input)),
  resendInvitation: orgProcedure
    .meta({ permission: "member.invite", rest: REST.resendInvitation })
    .input(InvitationId)
    .output(InviteReceipt)
    .mutation(({ ctx, input }) => resendInvitation(ctx.actor, input)),
  revokeInvitation: orgProcedure
    .meta({ permission: "member.invite", rest: REST.revokeInvitation })
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
});
