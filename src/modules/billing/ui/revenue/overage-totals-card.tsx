import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { FormattedNumber } from "~/ui/number";
import type { Revenue } from "../../schema";
import { OVERAGE_WORDS } from "../words";
import { Money, Nothing } from "./money";

export function OverageTotalsCard({ rows }: { rows: Revenue["overage"] }) {
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
