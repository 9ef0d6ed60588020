/** Use cases of tenancy that alternate transactions with mails, files or work before the organization is known. */
export { acceptInvitation, inviteMembers, lookAtInvitation, resendInvitation } from "./invitations";
export {
  currentOrganization,
  finishLogoUpload,
  lastUsedOrg,
  logoUrl,
  myOrganizations,
  removeLogo,
  startLogoUpload,
} from "./logo";
export {
  askSlug,
  copyProfileToMemberships,
  createOrganization,
  hideSetup,
  leaveOrganization,
  noteVisit,
  profileOf,
} from "./organizations";
