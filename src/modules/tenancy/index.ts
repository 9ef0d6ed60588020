import "server-only";
export { acceptedInvitation, memberById } from "./flows/announced";
export { copyProfileToMemberships, lastUsedOrg, myOrganizations, noteVisit, profileOf } from "./flows";
export { tenancySearch } from "./service/find-members";
export { invitationsExport, membersExport } from "./service/export-lists";
export { actAs, managersOf, orgAtDoor } from "./service";
export { ListMembersInput, settingsChoices } from "./schema";
export type { MyOrganization, OrganizationDetail } from "./schema";
