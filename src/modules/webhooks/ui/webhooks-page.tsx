"use client";
import { Plus, Webhook } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, failureOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataList } from "~/ui/data-list";
import { Dialog, DialogContent, DialogTrigger } from "~/ui/dialog";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { ErrorState } from "~/ui/error-state";
import { PageHeader } from "~/ui/page-header";
import { EndpointForm } from "./endpoint-form";
import { endpointColumns } from "./list-columns";
import { WEBHOOKS } from "./words";

/** The addresses that this organization has events sent to. */
export function WebhooksPage() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayManage = useMay("webhook.manage");
  const all = api.webhooks.endpoints.useQuery();
  const columns = useMemo(() => endpointColumns(timeZone), [timeZone]);
  const failure = failureOf(all);
  const isFull = all.data !== undefined && all.data.items.length >= all.data.limit;
  const add = mayManage && !isFull && <AddButton />;
  const isEmpty = all.data?.items.length === 0;
  return (
    <>
      <PageHeader {...WEBHOOKS} actions={!isEmpty && add} />
      {failure ? (
        <ErrorState
          title="The webhooks could not be read"
          safe="They go on as before."
          next={failure.message}
          correlationId={failure.correlationId ?? undefined}
          actions={<Button onClick={failure.onRetry}>Try again</Button>}
        />
      ) : isEmpty ? (
        <EmptyState
          title="No webhooks yet"
          description="Add an address, and it is told of new companies, finished imports or whatever you choose, signed so that it knows us."
          sample={
            <SampleRows
              rows={[
                {
                  icon: <Webhook aria-hidden />,
                  title: "https://example.com/hooks",
                  detail: "All events",
                  state: "Active",
                },
                {
                  icon: <Webhook aria-hidden />,
                  title: "https://warehouse.example.com/in",
                  detail: "Import finished",
                  state: "Active",
                },
              ]}
            />
          }
          action={add}
        />
      ) : (
        <DataList
          label="Webhooks"
          columns={columns}
          rows={all.data?.items ?? []}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/o/${slug}/settings/webhooks/${id}`}
          loadingRows={all.isPending ? 3 : 0}
        />
      )}
      {isFull && (
        <p className="mt-3 text-sm text-ink-soft">
          {all.data.limit} webhooks are the most an organization has. Delete one that is not used any more to
          add another.
        </p>
      )}
    </>
  );
}

function AddButton() {
  const [isOpen, setOpen] = useState(false);
  const { slug } = useTenancy().currentOrganization;
  const router = useRouter();
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          Add webhook
        </Button>
      </DialogTrigger>
      <DialogContent title="Add webhook" description="It begins to be told at once." size="medium">
        <EndpointForm onDone={({ id }) => router.push(`/o/${slug}/settings/webhooks/${id}`)} />
      </DialogContent>
    </Dialog>
  );
}
