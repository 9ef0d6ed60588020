import { Skeleton } from "~/ui/skeleton";

/** Of the page of one's own data. */
export const DataSkeleton = () => (
  <div aria-busy className="flex max-w-2xl flex-col gap-6">
    <Skeleton className="h-7 w-32" />
    <Skeleton className="h-28 w-full" />
    <Skeleton className="h-44 w-full" />
  </div>
);
