import { AuditSkeleton } from "~/modules/admin/ui";

export default AuditSkeleton;
