import { PageHeader } from "~/ui/page-header";
import { Skeleton } from "~/ui/skeleton";
import { HEADING } from "./heading";

export const FeaturesSkeleton = () => (
  <>
    <PageHeader {...HEADING} />
    <div className="flex flex-col gap-6" aria-busy>
      <Skeleton className="h-96 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  </>
);
