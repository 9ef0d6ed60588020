import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { Card, CardBody } from "~/ui/card";
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
    {[4, 2].map((lines) => (
      <Card key={lines} aria-hidden>
        <CardBody className="flex flex-col gap-6">
          <Skeleton className="w-32" />
          {Array.from({ length: lines }, (_, at) => (
            <div key={at} className="flex flex-col gap-2">
              <Skeleton className="w-24" />
              <Skeleton className="h-control" />
            </div>
          ))}
        </CardBody>
      </Card>
    ))}
  </div>
);
