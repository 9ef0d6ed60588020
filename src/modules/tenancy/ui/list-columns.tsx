import { ROLE_WORDS } from "~/kernel/roles";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import type { Member, PendingInvitation } from "../schema";

/** Columns without buttons: those come from the page, which knows what one may. */
export const memberColumns = (timeZone: string): DataTableColumn<Member>[] => [
  { key: "member", label: "Member", cell: (member) => <Who member={member} /> },
  {
    key: "role",
    label: "Role",
    width: "7rem",
    cell: ({ role }) => (
      <Badge tone={role === "owner" ? "accent" : "neutral"}>{ROLE_WORDS[role].label}</Badge>
    ),
  },
  {
    key: "joined",
    label: "Joined",
    width: "9rem",
    from: "wider",
    cell: ({ joinedAt }) => <RelativeTime at={joinedAt} timeZone={timeZone} />,
  },
  {
    key: "active",
    label: "Last active",
    width: "9rem",
    from: "wide",
    cell: ({ lastActiveAt }) =>
      lastActiveAt ? <RelativeTime at={lastActiveAt} timeZone={timeZone} /> : "Not yet",
  },
];

export const invitationColumns = (timeZone: string): DataTableColumn<PendingInvitation>[] => [
  { key: "email", label: "Address", cell: ({ email }) => email },
  {
    key: "role",
    label: "Role",
    width: "7rem",
    cell: ({ role }) => <Badge>{ROLE_WORDS[role].label}</Badge>,
  },
  { key: "state", label: "State", width: "9rem", cell: (invitation) => <State invitation={invitation} /> },
  {
    key: "expires",
    label: "Expires",
    width: "9rem",
    from: "wide",
    cell: ({ expiresAt }) => <RelativeTime at={expiresAt} timeZone={timeZone} />,
  },
  { key: "by", label: "Invited by", width: "10rem", from: "wider", cell: ({ invitedBy }) => invitedBy ?? "" },
];

function Who({ member: { userId, name, email, isYou } }: { member: Member }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5 py-1">
      <Avatar name={name ?? email} seed={userId} />
      <span className="flex min-w-0 flex-col">
        <span className="truncate">
          {name ?? email}
          {isYou && <span className="font-normal text-ink-soft"> (you)</span>}
        </span>
        {name && <span className="truncate text-sm font-normal text-ink-soft">{email}</span>}
      </span>
    </span>
  );
}

function State({ invitation: { isExpired, isMailed } }: { invitation: PendingInvitation }) {
  if (isExpired) return <StatusDot tone="neutral">Expired</StatusDot>;
  return isMailed ? (
    <StatusDot tone="positive">Open</StatusDot>
  ) : (
    <StatusDot tone="caution">Mail not sent</StatusDot>
  );
}
