import { DataList } from "~/ui/data-list";
import { Skeleton } from "~/ui/skeleton";

/** Of the profile page. */
export const ProfileSkeleton = () => (
  <div aria-busy className="flex max-w-2xl flex-col gap-6">
    <Skeleton className="h-7 w-32" />
    <Skeleton className="h-44 w-full" />
    <Skeleton className="h-40 w-full" />
  </div>
);

/** Of the devices page. */
export const DevicesSkeleton = () => (
  <div className="flex flex-col gap-6">
    <Skeleton className="h-7 w-32" />
    <DataList
      label="Devices"
      columns={[
        { key: "device", label: "Device", cell: () => null },
        { key: "address", label: "Address", width: "11rem", from: "wide", cell: () => null },
        { key: "active", label: "Last active", width: "9rem", cell: () => null },
        { key: "since", label: "Signed in", width: "9rem", from: "wider", cell: () => null },
        { key: "actions", label: "Actions", labelHidden: true, width: "8rem", cell: () => null },
      ]}
      rows={[]}
      rowKey={String}
      loadingRows={3}
    />
  </div>
);
