"use client";
import { useState } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
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
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const { data, error, isPending, refetch } = api.billing.invoices.useQuery({ cursor: cursors.at(-1) });
  const isEmpty = data?.items.length === 0 && cursors.length === 1;
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
    </Card>
  );
}
