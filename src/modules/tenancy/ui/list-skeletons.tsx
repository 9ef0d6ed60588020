import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { Skeleton } from "~/ui/skeleton";
import { memberColumns } from "./list-columns";

/** While members or invitations come: columns as the list will have them. */
export const MembersSkeleton = () => (
  <DataTableSkeleton label="Members" columns={memberColumns("UTC")} filters={1} rows={6} />
);

/** While settings or the home page come. */
export const CardsSkeleton = () => (
  <div role="status" className="flex max-w-2xl flex-col gap-6">
    <span className="sr-only">Loading</span>
    <Skeleton className="h-7 w-40" />
    <Skeleton className="h-72 w-full" />
    <Skeleton className="h-40 w-full" />
  </div>
);
