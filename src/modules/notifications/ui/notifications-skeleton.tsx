import { Card } from "~/ui/card";
import { PageHeader } from "~/ui/page-header";
import { Skeleton } from "~/ui/skeleton";

export function NotificationsSkeleton() {
  return (
    <>
      <PageHeader title="Notifications" description="What happened here that concerns you, for 90 days." />
      <Card aria-busy aria-label="Notifications">
        <ul className="divide-y divide-line">
          {Array.from({ length: 6 }, (_, at) => (
            <li key={at} className="flex flex-col gap-2 px-4 py-4">
              <Skeleton className="w-1/3" />
              <Skeleton className="w-1/2" />
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
