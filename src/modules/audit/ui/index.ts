export { AuditPage } from "./audit-page";
export { AuditSkeleton } from "./audit-skeleton";
