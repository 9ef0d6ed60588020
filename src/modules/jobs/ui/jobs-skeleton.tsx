import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { jobColumns } from "./job-columns";
import { JOBS } from "./list-heading";

/** While jobs come: columns as the list will have them. */
export const JobsSkeleton = () => (
  <DataTableSkeleton
    label="Jobs"
    header={JOBS}
    columns={jobColumns({ userId: "", timeZone: "UTC", showsAll: false })}
    search={false}
    filters={2}
    rows={8}
  />
);
