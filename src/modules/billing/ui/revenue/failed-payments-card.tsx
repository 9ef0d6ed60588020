import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import type { Revenue } from "../../schema";
import { Money, Nothing, ZONE } from "./money";

export function FailedPaymentsCard({ rows }: { rows: Revenue["failedPayments"] }) {
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
    {
      key: "attempts",
      label: "Tries",
      align: "end",
      width: "5rem",
      cell: ({ attempts }) => <FormattedNumber value={attempts} />,
    },
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
