import type { DataTableColumn } from "~/ui/data-table";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import type { ImportItem } from "../schema";
import { ENTITY_WORDS, STATUS_WORDS } from "./import-words";
import { ownerName } from "./owner-name";

const Status = ({ status }: { status: ImportItem["status"] }) => {
  switch (status) {
    case "finished":
      return <StatusDot tone="positive">{STATUS_WORDS[status]}</StatusDot>;
    case "started":
      return (
        <StatusDot tone="info" shape="half">
          {STATUS_WORDS[status]}
        </StatusDot>
      );
    default:
      return (
        <StatusDot tone="neutral" shape="ring">
          {STATUS_WORDS[status]}
        </StatusDot>
      );
  }
};

export const importColumns = ({ timeZone }: { timeZone: string }): DataTableColumn<ImportItem>[] => [
  {
    key: "file",
    label: "File",
    cell: ({ fileName, entity }) => (
      <>
        {fileName} <span className="font-normal text-ink-soft">{ENTITY_WORDS[entity].many}</span>
      </>
    ),
  },
  { key: "status", label: "State", width: "10rem", cell: ({ status }) => <Status status={status} /> },
  {
    key: "rows",
    label: "Rows",
    width: "7rem",
    align: "end",
    from: "wide",
    cell: ({ counts }) => <FormattedNumber value={counts.rows} />,
  },
  {
    key: "added",
    label: "Added",
    width: "7rem",
    align: "end",
    hidden: true,
    cell: ({ counts }) => <FormattedNumber value={counts.created} />,
  },
  {
    key: "updated",
    label: "Updated",
    width: "7rem",
    align: "end",
    hidden: true,
    cell: ({ counts }) => <FormattedNumber value={counts.updated} />,
  },
  {
    key: "refused",
    label: "Refused",
    width: "7rem",
    align: "end",
    from: "wide",
    cell: ({ counts }) => <FormattedNumber value={counts.refused} />,
  },
  { key: "by", label: "By", width: "10rem", from: "wider", cell: ({ by }) => ownerName(by) },
  {
    key: "created",
    label: "Begun",
    width: "9rem",
    from: "wider",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
  },
];
