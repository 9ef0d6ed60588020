"use client";
import { Download } from "lucide-react";
import { METERS } from "~/kernel/meter-table";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { EmptyState } from "~/ui/empty-state";
import { formatExact } from "~/ui/format-time";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import type { LedgerEntry, ListEntriesInput } from "../schema";
import { amount } from "./figures";
import { PeriodLinks } from "./period-links";

const SOURCES: Record<string, string> = { call: "API calls", mail: "Mail", measure: "Measured" };

/** From a meter and a period to each entry of the ledger, and from there to what caused it. `input` comes from the address. */
export function StatementPage({ input }: { input: ListEntriesInput }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const { meter, periodsBack, periodStart } = input;
  const [[page, usage, periods]] = api.useSuspenseQueries((t) => [
    t.metering.entries(input),
    t.metering.byDay({ meter, periodsBack, periodStart }),
    t.metering.periods(),
  ]);
  const path = `/o/${slug}/usage/${meter}`;
  const { label, kind } = METERS[meter];
  const asPeriod: Record<string, string> = periodStart
    ? { from: periodStart.toISOString() }
    : periodsBack > 0
      ? { period: String(periodsBack) }
      : {};
  const query = (more: Record<string, string>) => {
    const asked = new URLSearchParams({ ...asPeriod, ...more });
    return asked.size > 0 ? `${path}?${asked}` : path;
  };
  const columns: DataListColumn<LedgerEntry>[] = [
    {
      key: "cause",
      label: "What for",
      cell: (entry) => <Cause entry={entry} slug={slug} />,
    },
    {
      key: "quantity",
      label: "Counted",
      align: "end",
      width: "9rem",
      cell: ({ quantity }) => (
        <span className="tabular-nums">
          {quantity < 0 && "−"}
          {amount(meter, Math.abs(quantity))}
        </span>
      ),
    },
    {
      key: "when",
      label: "When",
      width: "13rem",
      cell: ({ occurredAt }) => (
        <time dateTime={occurredAt.toISOString()} className="whitespace-nowrap text-ink-soft">
          {formatExact(occurredAt, "en-GB", timeZone)}
        </time>
      ),
    },
    {
      key: "seal",
      label: "Seal",
      width: "11rem",
      from: "wide",
      cell: ({ seal }) =>
        seal === null ? (
          <span className="text-ink-faint">Sealed in a moment</span>
        ) : (
          <span className="flex items-center gap-2">
            <span className="font-mono text-xs text-ink-soft">{seal.seq}</span>
            <CopyId value={seal.hash} label="Copy seal" ends={4} />
          </span>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title={`Statement: ${label}`}
        description={`Every entry that was counted${kind === "gauge" ? " or measured" : ""}, newest first. Entries are never changed; a mistake is corrected by another entry.`}
        meta={
          <span className="text-base text-ink-soft tabular-nums">{amount(meter, usage.used)} in all</span>
        }
        actions={
          <Button asChild icon={<Download aria-hidden />}>
            <a href={`${path}/entries.csv?${new URLSearchParams(asPeriod)}`} download>
              Download CSV
            </a>
          </Button>
        }
      >
        <PeriodLinks path={path} period={usage.period} periods={periods} />
      </PageHeader>
      {page.items.length === 0 ? (
        <EmptyState
          title="Nothing was counted in this period"
          description="As soon as something is used, an entry stands here that names what it was for."
          action={<Link href={`/o/${slug}/usage`}>Back to usage</Link>}
        />
      ) : (
        <DataList
          label={`Entries of ${label}`}
          columns={columns}
          rows={page.items}
          rowKey={({ id }) => id}
          footer={
            <Pagination
              label="Pages of entries"
              previousHref={input.cursor ? query({}) : null}
              previousLabel="Newest"
              nextHref={page.nextCursor && query({ after: page.nextCursor })}
              nextLabel="Older"
            />
          }
        />
      )}
    </>
  );
}

function Cause({ entry: { source, service, corrects }, slug }: { entry: LedgerEntry; slug: string }) {
  if (corrects) {
    return (
      <span className="flex min-w-0 flex-col">
        <span className="text-ink">Correction</span>
        <span className="text-sm text-ink-soft">{corrects.reason}</span>
      </span>
    );
  }
  const by = service && <span className="text-ink-faint"> by {service}</span>;
  if (source?.type === "job" && source.id) {
    return (
      <span>
        <Link href={`/o/${slug}/jobs/${source.id}`}>Job</Link>{" "}
        <span className="font-mono text-xs text-ink-faint">{source.id.slice(-8)}</span>
        {by}
      </span>
    );
  }
  return (
    <span className="text-ink">
      {source ? (SOURCES[source.type] ?? source.type) : "Use"}
      {by}
    </span>
  );
}
