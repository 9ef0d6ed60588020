import { AuditSkeleton } from "~/modules/audit/ui";

export default AuditSkeleton;
