import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import type { AuditRow } from "../schema";
import { ZONE } from "./zone";

const viaWords = (via: string | null) =>
  via === null
    ? ""
    : via.startsWith("key:")
      ? "with an API key"
      : via.startsWith("staff:")
        ? "by staff"
        : via;

export const auditColumns: DataTableColumn<AuditRow>[] = [
  {
    key: "what",
    label: "What",
    cell: ({ actor, deed, via }) => (
      <span className="break-words whitespace-normal">
        <span className="font-medium">{actor ? (actor.name ?? "Somebody who is gone") : "The platform"}</span>{" "}
        {deed}
        {via && <span className="text-ink-soft"> {viaWords(via)}</span>}
      </span>
    ),
  },
  {
    key: "action",
    label: "Act",
    width: "14rem",
    from: "wider",
    cell: ({ action }) => <span className="font-mono text-xs">{action}</span>,
  },
  {
    key: "address",
    label: "From",
    width: "9rem",
    from: "wide",
    cell: ({ address }) => <span className="font-mono text-xs">{address ?? ""}</span>,
  },
  {
    key: "seq",
    label: "Number",
    width: "6rem",
    align: "end",
    from: "wider",
    cell: ({ seq }) => <span className="font-mono text-xs tabular-nums">{seq ?? "unsealed"}</span>,
  },
  {
    key: "at",
    label: "When",
    width: "9rem",
    cell: ({ at }) => <RelativeTime at={at} timeZone={ZONE} />,
  },
];
