import "server-only";
export { copyProfileToMemberships, lastUsedOrg, myOrganizations, noteVisit, profileOf } from "./flows";
export { actAs, orgAtDoor } from "./service";
export { ListMembersInput, settingsChoices } from "./schema";
export type { MyOrganization, OrganizationDetail } from "./schema";
