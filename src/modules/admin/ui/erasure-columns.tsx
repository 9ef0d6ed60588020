import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import type { ErasureRow } from "../schema";
import { ERASURE_LOOKS } from "./words";
import { ZONE } from "./zone";

const KINDS = { person: "A person", organization: "An organization" };

/** By name while there is one; then by the id, which leads to nobody. */
export const whoseErasure = ({ name, kind, subjectId }: Pick<ErasureRow, "name" | "kind" | "subjectId">) =>
  name ?? `${KINDS[kind]}, ${subjectId.slice(-8)}`;

/** What it waits for, in a line. */
function waitsFor({ left, inTheWay, state }: ErasureRow): string {
  if (state === "residue") return `Left in ${[...new Set(left.map(({ where }) => where))].join(", ")}`;
  if (state === "blocked") {
    return inTheWay.length > 0
      ? `The only owner of ${inTheWay.map(({ name }) => name).join(", ")}`
      : "Nothing any more: it is tried again each hour";
  }
  return "";
}

export const erasureColumns: DataTableColumn<ErasureRow>[] = [
  { key: "whose", label: "Whose", cell: whoseErasure },
  {
    key: "state",
    label: "State",
    width: "11rem",
    cell: ({ state }) => (
      <StatusDot tone={ERASURE_LOOKS[state].tone} shape={ERASURE_LOOKS[state].shape}>
        {ERASURE_LOOKS[state].label}
      </StatusDot>
    ),
  },
  {
    key: "why",
    label: "Waits for",
    width: "22rem",
    from: "wider",
    cell: (row) => <span title={waitsFor(row)}>{waitsFor(row)}</span>,
  },
  {
    key: "since",
    label: "Waits since",
    width: "9rem",
    cell: ({ waitsSince }) => waitsSince && <RelativeTime at={waitsSince} timeZone={ZONE} />,
  },
  {
    key: "asked",
    label: "Asked for",
    width: "9rem",
    from: "wider",
    cell: ({ requestedAt }) => <RelativeTime at={requestedAt} timeZone={ZONE} />,
  },
];
