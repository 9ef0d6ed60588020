import { Card, CardBody } from "~/ui/card";
import { PageHeader } from "~/ui/page-header";
import { Skeleton } from "~/ui/skeleton";
import { USAGE } from "./headings";

export const UsageSkeleton = () => (
  <div role="status">
    <span className="sr-only">Loading usage</span>
    <PageHeader {...USAGE}>
      <Skeleton className="h-7 w-80 max-w-full" />
    </PageHeader>
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {Array.from({ length: 6 }, (_, at) => (
        <Card key={at} aria-hidden>
          <CardBody className="flex flex-col gap-4">
            <Skeleton className="w-24" />
            <Skeleton className="h-1.5" />
            <Skeleton className="h-24" />
          </CardBody>
        </Card>
      ))}
    </div>
  </div>
);
