import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import type { Revenue } from "../../schema";
import { MOVEMENT_WORDS } from "../words";
import { Money, Nothing, ZONE } from "./money";

type Month = { month: Date; cells: Partial<Record<Revenue["movements"][number]["kind"], string>> };

export function MovementsCard({ movements }: { movements: Revenue["movements"] }) {
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
