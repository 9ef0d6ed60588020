import { Ban } from "lucide-react";
import { Badge } from "~/ui/badge";
import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import type { AuditItem } from "../schema";
import { actorName } from "./actor-name";

export const auditColumns = (timeZone: string): DataTableColumn<AuditItem>[] => [
  {
    key: "deed",
    label: "What happened",
    cell: (entry) => (
      <span className="flex min-w-0 items-center gap-2">
        <span
          className="min-w-0 truncate @max-lg:whitespace-normal"
          title={`${actorName(entry)} ${entry.deed}`}
        >
          <span className="font-medium">{actorName(entry)}</span> {entry.deed}
        </span>
        {entry.isRefusal && (
          <Badge tone="caution" icon={<Ban aria-hidden />}>
            Refused
          </Badge>
        )}
      </span>
    ),
  },
  {
    key: "action",
    label: "Action",
    width: "14rem",
    hidden: true,
    cell: ({ action }) => <span className="font-mono text-xs">{action}</span>,
  },
  {
    key: "address",
    label: "Address",
    width: "9rem",
    from: "wider",
    cell: ({ address }) => <span className="font-mono text-xs">{address}</span>,
  },
  {
    key: "seal",
    label: "Seal",
    width: "6rem",
    align: "end",
    hidden: true,
    cell: ({ seal }) => <span className="font-mono text-xs tabular-nums">{seal?.seq}</span>,
  },
  {
    key: "at",
    label: "When",
    width: "9rem",
    cell: ({ at }) => <RelativeTime at={at} timeZone={timeZone} />,
  },
];
