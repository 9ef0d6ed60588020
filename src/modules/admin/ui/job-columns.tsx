import { JobState } from "~/modules/jobs/ui";
import type { DataTableColumn } from "~/ui/data-table";
import { Link } from "~/ui/link";
import { RelativeTime } from "~/ui/relative-time";
import { spacedName } from "~/ui/spaced-name";
import type { JobRow } from "../schema";
import { ZONE } from "./zone";

export const jobColumns: DataTableColumn<JobRow>[] = [
  { key: "work", label: "Work", cell: ({ taskType }) => spacedName(taskType) },
  {
    key: "status",
    label: "Status",
    width: "8rem",
    cell: ({ status }) => <JobState status={status} />,
  },
  {
    key: "org",
    label: "Organization",
    width: "12rem",
    from: "wide",
    cell: ({ org }) => (
      <Link look="quiet" href={`/admin/organizations/${org.id}`}>
        {org.name}
      </Link>
    ),
  },
  {
    key: "by",
    label: "Asked for by",
    width: "10rem",
    from: "wider",
    cell: ({ by }) => by ?? "somebody who is gone",
  },
  {
    key: "error",
    label: "Cause",
    width: "14rem",
    from: "wider",
    cell: ({ error }) => <span title={error ?? undefined}>{error ?? ""}</span>,
  },
  {
    key: "attempts",
    label: "Attempts",
    width: "6rem",
    align: "end",
    hidden: true,
    cell: ({ attempts }) => attempts,
  },
  { key: "queue", label: "Queue", width: "7rem", hidden: true, cell: ({ namespace }) => namespace },
  {
    key: "created",
    label: "Asked for",
    width: "8rem",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={ZONE} />,
  },
];
