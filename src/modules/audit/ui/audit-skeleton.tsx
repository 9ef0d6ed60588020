import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { auditColumns } from "./audit-columns";
import { AUDIT } from "./list-heading";

/** While the log comes: columns as the list will have them. */
export const AuditSkeleton = () => (
  <DataTableSkeleton label="Entries" header={AUDIT} columns={auditColumns("UTC")} filters={3} rows={12} />
);
