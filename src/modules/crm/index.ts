import "server-only";
export { purgeDeleted, refusalsCsv } from "./flows";
export { companyCount, contactCount, importPage } from "./service";
export type { ImportItem } from "./schema";
