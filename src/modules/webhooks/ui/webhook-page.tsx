"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { Ellipsis, Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { listInput } from "~/kernel/paging";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, failureOf, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { DataTable } from "~/ui/data-table";
import { Dialog, DialogContent } from "~/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { EmptyState } from "~/ui/empty-state";
import { IconButton } from "~/ui/icon-button";
import { PageHeader } from "~/ui/page-header";
import { useTableAddress } from "~/ui/table-address";
import { toast } from "~/ui/toast";
import { ListDeliveriesInput, type Delivery, type Endpoint } from "../schema";
import { DeliverySheet } from "./delivery-sheet";
import { EndpointForm } from "./endpoint-form";
import { deliveryColumns } from "./list-columns";
import { SecretCard } from "./secret-card";
import { EndpointState, subscribedWords } from "./words";

const FILTERS = ["status"];
const STATUSES = [
  { value: "failed", label: "Failed" },
  { value: "pending", label: "On its way" },
  { value: "succeeded", label: "Delivered" },
];

/** One address: its secret, its log, and what can be done with it. */
export function WebhookPage({ id, initial }: { id: string; initial: Endpoint }) {
  const { data: endpoint } = api.webhooks.endpoint.useQuery(
    { id },
    // Its state follows from its deliveries.
    { initialData: initial, refetchInterval: 10_000 },
  );
  return (
    <>
      <PageHeader
        title={endpoint.description || "Webhook"}
        description={
          <>
            <span className="block break-all">{endpoint.url}</span>
            {subscribedWords(endpoint)}
          </>
        }
        meta={<EndpointState endpoint={endpoint} />}
        actions={<Acts endpoint={endpoint} />}
      />
      <div className="flex flex-col gap-6">
        <Trouble endpoint={endpoint} />
        <SecretCard key={id} endpoint={endpoint} />
        <Log endpoint={endpoint} />
      </div>
    </>
  );
}

function Trouble({ endpoint }: { endpoint: Endpoint }) {
  if (endpoint.status === "disabled" && endpoint.disabledReason !== "by_hand")
    return (
      <Banner
        tone="negative"
        title={
          endpoint.disabledReason === "gone"
            ? "The address said that it is gone, and is not called any more."
            : "Nothing got through for three days, so the address is not called any more."
        }
      >
        Mend it, switch the webhook on, and send what failed once more: the log keeps it for 30 days.
      </Banner>
    );
  if (endpoint.status === "active" && endpoint.failingSince)
    return (
      <Banner tone="caution" title="The last try failed.">
        Each event is tried ten times over three days. After three days without a success the webhook is
        switched off.
      </Banner>
    );
  return null;
}

function Acts({ endpoint }: { endpoint: Endpoint }) {
  const { id, status } = endpoint;
  const { slug } = useTenancy().currentOrganization;
  const mayManage = useMay("webhook.manage");
  const [asking, setAsking] = useState<"edit" | "delete" | null>(null);
  const router = useRouter();
  const utils = api.useUtils().webhooks;
  const refuse = (error: unknown) => toast.error(refusalOf(error).message);
  const test = api.webhooks.sendTest.useMutation({
    onSettled: () => utils.deliveries.invalidate(),
    onSuccess: () => toast.success("A test is on its way. The log shows what is answered."),
    onError: refuse,
  });
  const setActive = api.webhooks.setActive.useMutation({
    onSettled: () => utils.invalidate(),
    onSuccess: (now) =>
      toast.success(
        now.status === "active" ? "The webhook is on." : "The webhook is off. Nothing is sent there.",
      ),
    onError: refuse,
  });
  const replayFailed = api.webhooks.replayFailed.useMutation({
    onSettled: () => utils.deliveries.invalidate(),
    onSuccess: ({ count }) =>
      toast.success(
        count === 1 ? "One event is on its way again." : `${count} events are on their way again.`,
      ),
    onError: refuse,
  });
  const remove = api.webhooks.remove.useMutation({
    onSuccess: () => {
      toast.success("The webhook was deleted.");
      router.push(`/o/${slug}/settings/webhooks`);
      void utils.endpoints.invalidate();
    },
  });
  if (!mayManage) return null;
  const isActive = status === "active";
  return (
    <>
      {isActive ? (
        <Button icon={<Send aria-hidden />} loading={test.isPending} onClick={() => test.mutate({ id })}>
          Send a test
        </Button>
      ) : (
        <Button
          variant="primary"
          loading={setActive.isPending}
          onClick={() => setActive.mutate({ id, active: true })}
        >
          Switch on
        </Button>
      )}
      <DropdownMenu>
        <DropdownMenuTrigger>
          <IconButton
            className="max-sm:grow-0"
            label="More actions"
            icon={<Ellipsis aria-hidden />}
            tooltip={false}
            variant="secondary"
          />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setAsking("edit")}>Change</DropdownMenuItem>
          {isActive && (
            <DropdownMenuItem onSelect={() => replayFailed.mutate({ id })}>
              Send again what failed
            </DropdownMenuItem>
          )}
          {isActive && (
            <DropdownMenuItem onSelect={() => setActive.mutate({ id, active: false })}>
              Switch off
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem danger onSelect={() => setAsking("delete")}>
            Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={asking === "edit"} onOpenChange={(isOpen) => !isOpen && setAsking(null)}>
        <DialogContent title="Change webhook" size="medium">
          <EndpointForm
            endpoint={endpoint}
            onDone={() => {
              setAsking(null);
              toast.success("Saved.");
            }}
          />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={(isOpen) => !isOpen && setAsking(null)}
        title="Delete this webhook"
        description="The address is told nothing more. Its secret and its log go with it."
        confirmLabel="Delete webhook"
        onConfirm={() => remove.mutateAsync({ id })}
        error={remove.error && refusalOf(remove.error).message}
      />
    </>
  );
}

function Log({ endpoint }: { endpoint: Endpoint }) {
  const { timeZone } = useTenancy().currentOrganization;
  const address = useTableAddress(FILTERS);
  const [openId, setOpenId] = useState<string | null>(null);
  const input = {
    ...listInput(ListDeliveriesInput.omit({ endpointId: true }), address.asked),
    endpointId: endpoint.id,
  };
  const page = api.webhooks.deliveries.useQuery(input, {
    placeholderData: keepPreviousData,
    // What is on its way ends within seconds, mostly; and whoever looks waits for what they just did elsewhere.
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 2_000 : 5_000),
  });
  const columns = useMemo(() => deliveryColumns(timeZone), [timeZone]);
  return (
    <section aria-labelledby="log" className="flex flex-col gap-3">
      <h2 id="log" className="text-lg font-semibold text-ink">
        Log
      </h2>
      <div>
        <DataTable<Delivery>
          nouns={{ one: "delivery", many: "deliveries" }}
          columns={columns}
          address={address}
          page={page.data}
          isStale={page.isPlaceholderData}
          failure={failureOf(page)}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `#${id}`}
          onRowClick={(event, { id }) => {
            event.preventDefault();
            setOpenId(id);
          }}
          filters={[{ key: "status", label: "State", anyLabel: "Any state", options: STATUSES }]}
          empty={
            <EmptyState
              title="Nothing was sent yet"
              description="Each event stands here with what was answered, for 30 days. Send a test to see one."
            />
          }
        />
      </div>
      {openId && (
        <DeliverySheet id={openId} canSend={endpoint.status === "active"} onClose={() => setOpenId(null)} />
      )}
    </section>
  );
}

const isUnderWay = ({ status, attempts }: Delivery): boolean => status === "pending" && attempts === 0;
