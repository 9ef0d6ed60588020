import { Skeleton } from "~/ui/skeleton";

/** While billing comes: as high as its cards. */
export const BillingSkeleton = () => (
  <div role="status" className="flex max-w-3xl flex-col gap-6">
    <span className="sr-only">Loading</span>
    <Skeleton className="h-64 w-full" />
    <Skeleton className="h-32 w-full" />
    <Skeleton className="h-48 w-full" />
  </div>
);
