import "server-only";
export { record } from "./service";
export type { AuditRecord } from "./schema";
