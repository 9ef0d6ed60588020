"use client";
import { useState } from "react";
import { PLAN_WORDS } from "~/kernel/plans";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { ErrorState } from "~/ui/error-state";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { Select } from "~/ui/select";
import { Skeleton } from "~/ui/skeleton";
import { Stat, StatRow } from "~/ui/stat";
import { toast } from "~/ui/toast";
import type { DifferenceView, InboxInput, InboxItem, Revenue } from "../schema";
import { DIFFERENCE_WORDS, MOVEMENT_WORDS, OVERAGE_WORDS, REPAIR_WORDS } from "./words";

/** Staff look across organizations: instants are UTC. */
const ZONE = "UTC";

const Money = ({
  value,
  currency = "USD",
  signed = false,
}: {
  value: string;
  currency?: string;
  signed?: boolean;
}) => <FormattedNumber value={value} currency={currency} signed={signed} />;

/** What the platform earns, what failed, and what does not agree. */
export function RevenuePage() {
  const { data, error, refetch } = api.billing.revenue.overview.useQuery();
  return (
    <>
      <PageHeader
        title="Revenue"
        description="What organizations pay, what failed, and what does not agree with Stripe."
      />
      {error && !data ? (
        <ErrorState
          title="Revenue could not be read"
          next={refusalOf(error).message}
          correlationId={refusalOf(error).correlationId ?? undefined}
          actions={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      ) : !data ? (
        <div role="status" className="flex flex-col gap-6">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      ) : (
        <div className="flex flex-col gap-6">
          {data.payments !== "ready" && (
            <Banner
              tone="caution"
              title={data.payments === "delayed" ? "Stripe does not answer." : "Payments are not set up."}
            >
              {data.payments === "delayed"
                ? "The circuit is open: no call is made until a probe is answered."
                : "Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, then run npm run stripe:sync."}
            </Banner>
          )}
          <Figures revenue={data} />
          <Movements movements={data.movements} />
          <Differences revenue={data} />
          <FailedPayments rows={data.failedPayments} />
          <Overage rows={data.overage} />
          <Inbox />
        </div>
      )}
    </>
  );
}

function Figures({ revenue }: { revenue: Revenue }) {
  const paying = revenue.plans.reduce((sum, { organizations }) => sum + organizations, 0);
  return (
    <StatRow>
      <Stat
        label="Monthly recurring revenue"
        value={<Money value={revenue.mrr} />}
        hint="Before discounts, tax and usage"
      />
      <Stat label="Paying organizations" value={<FormattedNumber value={paying} />} />
      {revenue.plans.map(({ plan, amount, organizations }) => (
        <Stat
          key={plan}
          label={PLAN_WORDS[plan].label}
          value={<Money value={amount} />}
          hint={`${organizations} ${organizations === 1 ? "organization" : "organizations"}`}
        />
      ))}
      <Stat label="Failed payments" value={<FormattedNumber value={revenue.failedPayments.length} />} />
    </StatRow>
  );
}

type Month = { month: Date; cells: Partial<Record<Revenue["movements"][number]["kind"], string>> };

function Movements({ movements }: { movements: Revenue["movements"] }) {
  const months = new Map<number, Month>();
  for (const { month, kind, amount } of movements) {
    const row = months.get(month.getTime()) ?? { month, cells: {} };
    row.cells[kind] = amount;
    months.set(month.getTime(), row);
  }
  const columns: DataListColumn<Month>[] = [
    {
      key: "month",
      label: "Month",
      cell: ({ month }) =>
        new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: ZONE }).format(month),
    },
    ...(["new", "expansion", "contraction", "churn"] as const).map((kind): DataListColumn<Month> => ({
      key: kind,
      label: MOVEMENT_WORDS[kind],
      align: "end",
      width: "8rem",
      cell: ({ cells }) => <Money value={cells[kind] ?? "0"} signed />,
    })),
  ];
  return (
    <Card aria-label="Movement">
      <CardHeader
        title="Movement"
        description="What changed the monthly recurring revenue, by calendar month (UTC)."
      />
      {months.size === 0 ? (
        <Nothing>Nothing moved in the last twelve months.</Nothing>
      ) : (
        <DataList
          label="Movement"
          frame="plain"
          columns={columns}
          rows={[...months.values()]}
          rowKey={({ month }) => month.toISOString()}
        />
      )}
    </Card>
  );
}

const Nothing = ({ children }: { children: string }) => (
  <CardBody>
    <p className="text-base text-ink-soft">{children}</p>
  </CardBody>
);

type Asked = { difference: DifferenceView; act: "repair" | "dismiss" };

function Differences({ revenue: { differences, openDifferences, reconciledAt } }: { revenue: Revenue }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns: DataListColumn<DifferenceView>[] = [
    {
      key: "kind",
      label: "What",
      cell: ({ kind, organization, subject }) => (
        <span className="flex flex-col py-1">
          <span>{DIFFERENCE_WORDS[kind]}</span>
          <span className="text-sm break-all text-ink-soft">{organization ?? subject}</span>
        </span>
      ),
    },
    { key: "expected", label: "Stripe or ledger", width: "22%", cell: ({ expected }) => expected },
    { key: "found", label: "Found", width: "22%", cell: ({ found }) => found },
    {
      key: "seen",
      label: "Seen",
      width: "7rem",
      from: "wider",
      cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} timeZone={ZONE} />,
    },
    {
      key: "act",
      label: "What to do",
      labelHidden: true,
      align: "end",
      width: "13rem",
      cell: (difference) =>
        difference.state === "open" ? (
          <span className="flex flex-wrap justify-end gap-2">
            <Button size="small" onClick={() => setAsked({ difference, act: "dismiss" })}>
              Dismiss
            </Button>
            {difference.repair !== "none" && (
              <Button size="small" variant="primary" onClick={() => setAsked({ difference, act: "repair" })}>
                Repair
              </Button>
            )}
          </span>
        ) : (
          <Badge>
            {{ repaired: "Repaired", dismissed: "Dismissed", gone: "Gone by itself" }[difference.state]}
          </Badge>
        ),
    },
  ];
  return (
    <Card aria-label="Reconciliation">
      <CardHeader
        title="Reconciliation"
        description={
          <>
            Stripe, our copy and the ledger are compared daily.{" "}
            {reconciledAt ? (
              <>
                Last <RelativeTime at={reconciledAt} timeZone={ZONE} />: {openDifferences} open.
              </>
            ) : (
              "Not yet run to its end."
            )}
          </>
        }
      />
      {differences.length === 0 ? (
        <Nothing>Everything agrees.</Nothing>
      ) : (
        <DataList
          label="Differences"
          frame="plain"
          columns={columns}
          rows={differences}
          rowKey={({ id }) => id}
        />
      )}
      {asked && <CloseDialog asked={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function CloseDialog({ asked: { difference, act }, onClose }: { asked: Asked; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const utils = api.useUtils();
  const close = api.billing.revenue.close.useMutation({
    onSuccess: async () => {
      await utils.billing.revenue.invalidate();
      toast.success(act === "repair" ? "Repaired. The next comparison will tell." : "Dismissed.");
      onClose();
    },
    onError: (refused) => {
      const { fields, message } = refusalOf(refused);
      setError(fields.reason?.[0] ?? message);
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="small"
        title={act === "repair" ? "Repair this difference" : "Dismiss this difference"}
        description={
          act === "repair"
            ? `${REPAIR_WORDS[difference.repair]}. Nothing is charged by it.`
            : "It is not shown as open any more, unless it is found again."
        }
        footer={
          <>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              variant="primary"
              loading={close.isPending}
              onClick={() => {
                setError(null);
                close.mutate({ id: difference.id, act, reason });
              }}
            >
              {act === "repair" ? "Repair" : "Dismiss"}
            </Button>
          </>
        }
      >
        <Field
          id="reason"
          label="Reason"
          help="Kept with your name in the audit log."
          error={error ?? undefined}
          required
        >
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </DialogContent>
    </Dialog>
  );
}

function FailedPayments({ rows }: { rows: Revenue["failedPayments"] }) {
  const columns: DataListColumn<Revenue["failedPayments"][number]>[] = [
    { key: "organization", label: "Organization", cell: ({ organization }) => organization },
    {
      key: "number",
      label: "Invoice",
      width: "9rem",
      cell: ({ number }) => <span className="font-mono">{number}</span>,
    },
    {
      key: "since",
      label: "Since",
      width: "9rem",
      cell: ({ since }) => <RelativeTime at={since} timeZone={ZONE} />,
    },
    { key: "attempts", label: "Tries", align: "end", width: "5rem", cell: ({ attempts }) => attempts },
    {
      key: "amount",
      label: "Amount",
      align: "end",
      width: "8rem",
      cell: ({ amount, currency }) => <Money value={amount} currency={currency} />,
    },
  ];
  return (
    <Card aria-label="Failed payments">
      <CardHeader title="Failed payments" description="Invoices that were tried and are open." />
      {rows.length === 0 ? (
        <Nothing>None.</Nothing>
      ) : (
        <DataList
          label="Failed payments"
          frame="plain"
          columns={columns}
          rows={rows}
          rowKey={({ invoiceId }) => invoiceId}
        />
      )}
    </Card>
  );
}

function Overage({ rows }: { rows: Revenue["overage"] }) {
  const columns: DataListColumn<Revenue["overage"][number]>[] = [
    { key: "meter", label: "What", cell: ({ meter }) => OVERAGE_WORDS[meter] },
    {
      key: "organizations",
      label: "Organizations",
      align: "end",
      width: "8rem",
      cell: ({ organizations }) => organizations,
    },
    {
      key: "units",
      label: "Units",
      align: "end",
      width: "8rem",
      cell: ({ units }) => <FormattedNumber value={units} />,
    },
    {
      key: "waiting",
      label: "Not confirmed",
      align: "end",
      width: "8rem",
      cell: ({ waiting }) => <FormattedNumber value={waiting} />,
    },
    {
      key: "amount",
      label: "Amount",
      align: "end",
      width: "8rem",
      cell: ({ amount }) => <Money value={amount} />,
    },
  ];
  return (
    <Card aria-label="Overage">
      <CardHeader title="Overage" description="Told to Stripe, in periods that have not ended." />
      {rows.length === 0 ? (
        <Nothing>Nobody is beyond a plan.</Nothing>
      ) : (
        <DataList label="Overage" frame="plain" columns={columns} rows={rows} rowKey={({ meter }) => meter} />
      )}
    </Card>
  );
}

const INBOX_STATES: { value: InboxInput["state"]; label: string }[] = [
  { value: "all", label: "All events" },
  { value: "received", label: "Waiting" },
  { value: "failed", label: "Failed" },
  { value: "handled", label: "Handled" },
  { value: "ignored", label: "Ignored" },
];
const STATE_TONES = {
  received: "info",
  handled: "positive",
  ignored: "neutral",
  failed: "negative",
} as const;
const STATE_LABELS = {
  received: "Waiting",
  handled: "Handled",
  ignored: "Ignored",
  failed: "Failed",
} as const;

function Inbox() {
  const [state, setState] = useState<InboxInput["state"]>("all");
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [openId, setOpenId] = useState<string | null>(null);
  const { data, isPending, error } = api.billing.revenue.inbox.useQuery({ state, cursor: cursors.at(-1) });
  const columns: DataListColumn<InboxItem>[] = [
    {
      key: "type",
      label: "Event",
      cell: ({ type, organization }) => (
        <span className="flex flex-col py-1">
          <span className="break-all">{type}</span>
          <span className="text-sm text-ink-soft">{organization ?? "No organization"}</span>
        </span>
      ),
    },
    {
      key: "state",
      label: "State",
      width: "7rem",
      cell: (row) => <Badge tone={STATE_TONES[row.state]}>{STATE_LABELS[row.state]}</Badge>,
    },
    { key: "attempts", label: "Tries", align: "end", width: "5rem", cell: ({ attempts }) => attempts },
    {
      key: "received",
      label: "Received",
      width: "9rem",
      cell: ({ receivedAt }) => <RelativeTime at={receivedAt} timeZone={ZONE} />,
    },
    {
      key: "act",
      label: "Look",
      labelHidden: true,
      align: "end",
      width: "6rem",
      cell: ({ id, type }) => (
        <Button size="small" aria-label={`Open ${type}`} onClick={() => setOpenId(id)}>
          Open
        </Button>
      ),
    },
  ];
  return (
    <Card aria-label="Events of Stripe">
      <CardHeader
        title="Events of Stripe"
        description="Stored as they came, once each. Replaying reads what is true now, so it never harms."
        actions={
          <Select
            aria-label="State"
            value={state}
            onValueChange={(next) => {
              setState(next as InboxInput["state"]);
              setCursors([null]);
            }}
            options={INBOX_STATES}
          />
        }
      />
      {error ? (
        <Nothing>{refusalOf(error).message}</Nothing>
      ) : data?.items.length === 0 ? (
        <Nothing>No events.</Nothing>
      ) : (
        <DataList
          label="Events of Stripe"
          frame="plain"
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          loadingRows={isPending ? 5 : 0}
          footer={
            (cursors.length > 1 || data?.nextCursor) && (
              <div className="flex justify-end gap-2 p-2">
                <Button disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
                  Newer
                </Button>
                <Button
                  disabled={!data?.nextCursor}
                  onClick={() => data?.nextCursor && setCursors([...cursors, data.nextCursor])}
                >
                  Older
                </Button>
              </div>
            )
          }
        />
      )}
      {openId && <EventDialog id={openId} onClose={() => setOpenId(null)} />}
    </Card>
  );
}

function EventDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const utils = api.useUtils();
  const { data, error } = api.billing.revenue.event.useQuery({ id });
  const replay = api.billing.revenue.replay.useMutation({
    onSuccess: async () => {
      await utils.billing.revenue.invalidate();
      toast.success("Handled again.");
    },
    onError: (refused) => toast.error(refusalOf(refused).message),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="large"
        title={data?.type ?? "Event"}
        description={data?.lastError ? `The last try failed: ${data.lastError}` : id}
        footer={
          <>
            <DialogClose>
              <Button>Close</Button>
            </DialogClose>
            <Button variant="primary" loading={replay.isPending} onClick={() => replay.mutate({ id })}>
              Replay
            </Button>
          </>
        }
      >
        {error ? (
          <p className="text-base text-ink-soft">{refusalOf(error).message}</p>
        ) : !data ? (
          <Skeleton className="h-48 w-full" />
        ) : data.body === null ? (
          <p className="text-base text-ink-soft">The body was emptied: it is kept 90 days.</p>
        ) : (
          <pre
            // The body can be longer than the dialog: it scrolls by keyboard too.
            tabIndex={0}
            aria-label="Body"
            className="max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap text-ink"
          >
            {data.body}
          </pre>
        )}
      </DialogContent>
    </Dialog>
  );
}
