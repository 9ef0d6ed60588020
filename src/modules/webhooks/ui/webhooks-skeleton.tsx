import { DataList } from "~/ui/data-list";
import { PageHeader } from "~/ui/page-header";
import { endpointColumns } from "./list-columns";
import { WEBHOOKS } from "./words";

/** While webhooks come: columns as the list will have them. */
export const WebhooksSkeleton = () => (
  <>
    <PageHeader {...WEBHOOKS} />
    <DataList
      label="Webhooks"
      loadingText="Loading webhooks"
      columns={endpointColumns("UTC")}
      rows={[]}
      rowKey={({ id }) => id}
      loadingRows={3}
    />
  </>
);
