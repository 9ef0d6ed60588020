import "server-only";
export { crmSweeps, purgeDeleted, refusalsCsv } from "./flows";
export { CompanyListInput, ContactListInput, ImportEntity, ImportListInput } from "./schema";
