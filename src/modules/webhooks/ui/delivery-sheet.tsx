"use client";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { RelativeTime } from "~/ui/relative-time";
import { Sheet, SheetContent } from "~/ui/sheet";
import { Skeleton } from "~/ui/skeleton";
import { toast } from "~/ui/toast";
import type { DeliveryDetail } from "../schema";
import { DeliveryState, eventWords, FAULT_WORDS } from "./words";

/** One delivery beside its log: what was sent, what was answered, and sending it again. */
export function DeliverySheet({
  id,
  canSend,
  onClose,
}: {
  id: string;
  /** Its webhook is switched on. */
  canSend: boolean;
  onClose: () => void;
}) {
  const mayManage = useMay("webhook.manage");
  const { data, error, refetch } = api.webhooks.delivery.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.status === "pending" ? 2_000 : false) },
  );
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent
        size="large"
        title={data ? eventWords(data.eventType) : "Delivery"}
        description="What was sent, and what was answered."
        footer={
          mayManage &&
          data &&
          data.status !== "pending" && <SendAgain delivery={data} canSend={canSend} onSent={onClose} />
        }
      >
        {error ? (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-base text-ink-soft">{refusalOf(error).message}</p>
            <Button onClick={() => void refetch()}>Try again</Button>
          </div>
        ) : data ? (
          <Detail delivery={data} />
        ) : (
          <div role="status" className="flex flex-col gap-4">
            <span className="sr-only">Loading</span>
            <Skeleton className="h-24" />
            <Skeleton className="h-40" />
          </div>
        )}
      </SheetContent>
    </Sheet>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { timeZone } = useTenancy().currentOrganization;
  const { eventId, status, nextAttemptAt, createdAt, body, tries } = delivery;
  return (
    <div className="flex flex-col gap-6">
      <DescriptionList
        items={[
          { term: "State", value: <DeliveryState delivery={delivery} /> },
          { term: "When", value: <RelativeTime at={createdAt} timeZone={timeZone} /> },
          ...(status === "pending" && nextAttemptAt
            ? [{ term: "Next try", value: <RelativeTime at={nextAttemptAt} timeZone={timeZone} /> }]
            : []),
          { term: "webhook-id", value: <CopyId value={eventId} label="Copy webhook-id" /> },
        ]}
      />
      <section aria-labelledby="sent" className="flex flex-col gap-2">
        <h3 id="sent" className="text-sm font-medium text-ink">
          What was sent
        </h3>
        {body ? (
          <Code label="Body of the request" text={pretty(body)} />
        ) : (
          <p className="text-sm text-ink-soft">Nothing yet: it is put together for the first try.</p>
        )}
      </section>
      <section aria-labelledby="tries" className="flex flex-col gap-2">
        <h3 id="tries" className="text-sm font-medium text-ink">
          Tries
        </h3>
        {tries.length === 0 && <p className="text-sm text-ink-soft">None yet.</p>}
        <ol className="flex flex-col divide-y divide-line">
          {tries.map(({ number, startedAt, durationMs, statusCode, fault, answer }) => (
            <li key={number} className="flex flex-col gap-2 py-3">
              <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <span className="text-base text-ink">
                  {number}. {fault ? FAULT_WORDS[fault] : `Answered ${statusCode}`}
                </span>
                <span className="text-sm text-ink-soft">
                  <RelativeTime at={startedAt} timeZone={timeZone} />, {durationMs} ms
                </span>
              </span>
              {answer && <Code label={`Answer to try ${number}`} text={answer} />}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const Code = ({ label, text }: { label: string; text: string }) => (
  <pre
    tabIndex={0}
    role="region"
    aria-label={label}
    className="max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs text-ink"
  >
    {text}
  </pre>
);

/** Ours is JSON; should it not be, it is shown as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function SendAgain({
  delivery: { id },
  canSend,
  onSent,
}: {
  delivery: DeliveryDetail;
  canSend: boolean;
  onSent: () => void;
}) {
  const utils = api.useUtils().webhooks;
  const replay = api.webhooks.replay.useMutation({
    onSettled: () => utils.deliveries.invalidate(),
    onSuccess: () => {
      toast.success("It is on its way again.");
      onSent();
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return (
    <div className="flex justify-end">
      <Button disabled={!canSend} loading={replay.isPending} onClick={() => replay.mutate({ id })}>
        Send again
      </Button>
    </div>
  );
}
