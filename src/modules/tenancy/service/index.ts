/** Use cases of tenancy: who an organization's people are, and what it is called. */
export { joinByInvitation, previewInvitation } from "./accept-invitation";
export {
  apiOrigins,
  changeApiOrigins,
  organizationDetail,
  organizationRecord,
  replaceLogo,
  requestDeletion,
  setupProgress,
  undoDeletion,
  updateSettings,
} from "./change-organization";
export { foundOrganization } from "./create-organization";
export { invitationToken } from "./invitation-token";
export {
  listInvitations,
  noteMailed,
  openInvitations,
  renewInvitation,
  revokeInvitation,
  type InvitationToMail,
} from "./invite-members";
export {
  changeRole,
  endOwnMembership,
  getMember,
  listMembers,
  managersOf,
  removeMember,
  transferOwnership,
} from "./manage-members";
export { actAs, orgAtDoor } from "./stand-at-door";
