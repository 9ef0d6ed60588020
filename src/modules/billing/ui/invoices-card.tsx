"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { CursorPages, useCursorPages } from "~/ui/cursor-pages";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import type { InvoiceItem } from "../schema";
import { InvoiceSheet } from "./invoice-sheet";
import { STATUS_WORDS } from "./words";

const columns = (timeZone: string): DataListColumn<InvoiceItem>[] => [
  {
    key: "number",
    label: "Number",
    cell: (invoice) => <InvoiceSheet invoice={invoice} />,
  },
  {
    key: "issued",
    label: "Issued",
    width: "9rem",
    cell: ({ issuedAt }) => <RelativeTime at={issuedAt} timeZone={timeZone} />,
  },
  {
    key: "status",
    label: "State",
    width: "8rem",
    cell: ({ status }) => <Badge tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].label}</Badge>,
  },
  {
    key: "total",
    label: "Total",
    align: "end",
    width: "7rem",
    cell: ({ total, currency }) => <FormattedNumber value={total} currency={currency} />,
  },
  {
    key: "links",
    label: "Documents",
    labelHidden: true,
    align: "end",
    width: "9rem",
    cell: ({ pdfUrl, hostedUrl, status, number }) => (
      <span className="flex justify-end gap-3">
        {status === "open" && hostedUrl && (
          <Link href={hostedUrl} target="_blank" externalText={`opens in a new tab, invoice ${number ?? ""}`}>
            Pay
          </Link>
        )}
        {pdfUrl && (
          <Link href={pdfUrl} target="_blank" externalText={`opens in a new tab, invoice ${number ?? ""}`}>
            PDF
          </Link>
        )}
      </span>
    ),
  },
];

/** What was asked for and paid, newest first. */
export function InvoicesCard() {
  const { timeZone } = useTenancy().currentOrganization;
  const pages = useCursorPages();
  const { data, error, isPending, refetch } = api.billing.invoices.useQuery({ cursor: pages.cursor });
  const isEmpty = data?.items.length === 0 && pages.isFirst;
  return (
    <Card aria-label="Invoices">
      <CardHeader title="Invoices" />
      {error ? (
        <CardBody className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-base text-ink-soft">{refusalOf(error).message}</p>
          <Button onClick={() => void refetch()}>Try again</Button>
        </CardBody>
      ) : isEmpty ? (
        <CardBody>
          <p className="text-base text-ink-soft">
            None yet. Each stands here with its PDF as soon as something is paid.
          </p>
        </CardBody>
      ) : (
        <DataList
          label="Invoices"
          frame="plain"
          columns={columns(timeZone)}
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          loadingRows={isPending ? 3 : 0}
          footer={<CursorPages pages={pages} nextCursor={data?.nextCursor} />}
        />
      )}
    </Card>
  );
}
