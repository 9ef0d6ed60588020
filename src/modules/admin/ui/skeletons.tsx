import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { auditColumns } from "./audit-columns";
import { erasureColumns } from "./erasure-columns";
import { AUDIT, ERASURES, JOBS, ORGANIZATIONS, PEOPLE } from "./headings";
import { jobColumns } from "./job-columns";
import { organizationColumns } from "./organization-columns";
import { peopleColumns } from "./people-columns";

export const OrganizationsSkeleton = () => (
  <DataTableSkeleton label="Organizations" header={ORGANIZATIONS} columns={organizationColumns} filters={2} />
);
export const PeopleSkeleton = () => (
  <DataTableSkeleton label="People" header={PEOPLE} columns={peopleColumns} filters={1} />
);
export const JobsSkeleton = () => (
  <DataTableSkeleton label="Jobs" header={JOBS} columns={jobColumns} filters={3} search={false} />
);
export const ErasuresSkeleton = () => (
  <DataTableSkeleton
    label="Deletions"
    header={ERASURES}
    columns={erasureColumns}
    filters={1}
    search={false}
  />
);
export const AuditSkeleton = () => (
  <DataTableSkeleton label="Entries" header={AUDIT} columns={auditColumns} filters={2} />
);
