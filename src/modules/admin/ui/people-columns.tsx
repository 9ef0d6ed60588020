import { Badge } from "~/ui/badge";
import type { DataTableColumn } from "~/ui/data-table";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import type { PersonRow } from "../schema";
import { ZONE } from "./zone";

export const peopleColumns: DataTableColumn<PersonRow>[] = [
  { key: "name", label: "Person", cell: ({ name, email }) => name ?? email },
  { key: "email", label: "Mail address", width: "18rem", from: "wider", cell: ({ email }) => email },
  {
    key: "kind",
    label: "Kind",
    width: "7rem",
    cell: ({ isStaff, isVerified }) =>
      isStaff ? (
        <Badge tone="accent">Staff</Badge>
      ) : isVerified ? (
        "Verified"
      ) : (
        <Badge tone="caution">Unverified</Badge>
      ),
  },
  {
    key: "organizations",
    label: "Organizations",
    width: "8rem",
    align: "end",
    from: "widest",
    cell: ({ organizations }) => <FormattedNumber value={organizations} />,
  },
  {
    key: "sessions",
    label: "Sessions",
    width: "6rem",
    align: "end",
    cell: ({ sessions }) => <FormattedNumber value={sessions} />,
  },
  {
    key: "seen",
    label: "Last seen",
    width: "9rem",
    cell: ({ lastSeenAt }) => (lastSeenAt ? <RelativeTime at={lastSeenAt} timeZone={ZONE} /> : "never"),
  },
  {
    key: "created",
    label: "Joined",
    width: "9rem",
    from: "widest",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={ZONE} />,
  },
];
