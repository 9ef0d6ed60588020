import "server-only";
export { record } from "./service";
export {
  auditSweeps,
  eraseDetailOf,
  flushRefusals,
  recordKeyUse,
  recordRefusal,
  sealAudit,
  tellRefusals,
  verifyAudit,
  type Refused,
  type Verdict,
} from "./flows";
export { deedOf } from "./rules";
export type { AuditRecord } from "./schema";
export { auditLogExport } from "./service/export-log";
export { AuditListInput } from "./schema";
export { searchChain, targetKey, type AuditTargets } from "./service/read-log";
