import { DataList } from "~/ui/data-list";
import { PageHeader } from "~/ui/page-header";
import type { Key } from "../schema";
import { keyColumns } from "./key-columns";

/** While keys come: columns as the list will have them. */
export const KeysSkeleton = () => (
  <>
    <PageHeader title="API keys" />
    <DataList<Key>
      label="API keys"
      columns={keyColumns("UTC")}
      rows={[]}
      rowKey={({ id }) => id}
      loadingRows={3}
    />
  </>
);
