import { DataList } from "~/ui/data-list";
import { Skeleton } from "~/ui/skeleton";

const nothing = () => null;

/** While jobs come: columns as the list will have them. */
export const JobsSkeleton = () => (
  <>
    <Skeleton className="mb-6 h-12 w-64" />
    <Skeleton className="mb-3 h-control w-64" />
    <DataList
      label="Jobs"
      loadingText="Loading jobs"
      columns={[
        { key: "work", label: "Work", cell: nothing },
        { key: "status", label: "Status", width: "9rem", cell: nothing },
        { key: "progress", label: "Progress", width: "26%", cell: nothing },
        { key: "took", label: "Took", width: "7rem", from: "wider", cell: nothing },
        { key: "created", label: "Started", width: "9rem", from: "wide", cell: nothing },
      ]}
      rows={[]}
      rowKey={String}
      loadingRows={8}
    />
  </>
);
