import "server-only";
export { copyProfileToMemberships, lastUsedOrg, myOrganizations, noteVisit, profileOf } from "./flows";
export { actAs, orgAtDoor } from "./service";
export type { MyOrganization, OrganizationDetail } from "./schema";
