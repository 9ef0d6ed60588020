import { DataList } from "~/ui/data-list";
import { Skeleton } from "~/ui/skeleton";

/** While members or invitations come: columns as the list will have them. */
export const MembersSkeleton = () => (
  <DataList
    label="Members"
    loadingText="Loading members"
    columns={[
      { key: "member", label: "Member", cell: () => null },
      { key: "role", label: "Role", width: "7rem", cell: () => null },
      { key: "joined", label: "Joined", width: "9rem", from: "wider", cell: () => null },
      { key: "active", label: "Last active", width: "9rem", from: "wide", cell: () => null },
      { key: "actions", label: "Actions", labelHidden: true, width: "3rem", cell: () => null },
    ]}
    rows={[]}
    rowKey={String}
    loadingRows={6}
  />
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
