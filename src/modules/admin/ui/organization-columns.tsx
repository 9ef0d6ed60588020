import { FormattedNumber } from "~/ui/number";
import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import type { OrganizationRow } from "../schema";
import { planLabel, STATE_LOOKS } from "./words";
import { ZONE } from "./zone";

export const organizationColumns: DataTableColumn<OrganizationRow>[] = [
  {
    key: "name",
    label: "Organization",
    cell: ({ name, slug }) => (
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="truncate">{name}</span>
        <span className="hidden truncate font-mono text-xs text-ink-faint sm:inline">{slug}</span>
      </span>
    ),
  },
  {
    key: "plan",
    label: "Plan",
    width: "9rem",
    cell: ({ plan, isOnTrial }) => `${planLabel(plan)}${isOnTrial ? ", on trial" : ""}`,
  },
  {
    key: "state",
    label: "State",
    width: "9rem",
    cell: ({ state }) => (
      <StatusDot tone={STATE_LOOKS[state].tone} shape={STATE_LOOKS[state].shape}>
        {STATE_LOOKS[state].label}
      </StatusDot>
    ),
  },
  {
    key: "members",
    label: "Members",
    width: "6rem",
    align: "end",
    from: "wide",
    cell: ({ members }) => <FormattedNumber value={members} />,
  },
  {
    key: "jobs",
    label: "Jobs this period",
    width: "10rem",
    align: "end",
    from: "wider",
    cell: ({ jobs: { used, limit } }) => (
      <span>
        <FormattedNumber value={used} />
        {limit !== null && limit >= 0 && (
          <span className="text-ink-faint">
            {" "}
            of <FormattedNumber value={limit} />
          </span>
        )}
      </span>
    ),
  },
  {
    key: "used",
    label: "Last opened",
    width: "9rem",
    from: "wider",
    cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} timeZone={ZONE} /> : "never"),
  },
  {
    key: "created",
    label: "Created",
    width: "9rem",
    from: "wide",
    sort: "descending",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={ZONE} />,
  },
];
