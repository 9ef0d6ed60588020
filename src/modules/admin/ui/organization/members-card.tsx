"use client";
import { useState } from "react";
import { ROLE_WORDS } from "~/kernel/roles";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { Link } from "~/ui/link";
import { RelativeTime } from "~/ui/relative-time";
import type { OrganizationView } from "../../schema";
import { OpenAsDialog } from "../open-as-dialog";
import { ZONE } from "../zone";

type Of = { org: OrganizationView };

export function MembersCard({ org }: Of) {
  const { members, memberCount, openInvitations } = org;
  const [opened, setOpened] = useState<OrganizationView["members"][number] | null>(null);
  const columns: DataListColumn<OrganizationView["members"][number]>[] = [
    {
      key: "name",
      label: "Member",
      cell: ({ id, name, email }) => (
        <Link look="quiet" href={`/admin/people?peek=${id}`}>
          {name ?? email}
        </Link>
      ),
    },
    { key: "role", label: "Role", width: "7rem", cell: ({ role }) => ROLE_WORDS[role].label },
    {
      key: "used",
      label: "Last here",
      width: "9rem",
      from: "wide",
      cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} timeZone={ZONE} /> : "never"),
    },
    {
      key: "open",
      label: "Open as",
      labelHidden: true,
      width: "7rem",
      onCard: "beside",
      align: "end",
      cell: (member) =>
        member.isStaff ? (
          <Badge>Staff</Badge>
        ) : (
          <Button
            size="small"
            aria-label={`Open as ${member.name ?? member.email}`}
            onClick={() => setOpened(member)}
          >
            Open as
          </Button>
        ),
    },
  ];
  return (
    <Card aria-label="Members">
      <CardHeader
        title="Members"
        description={`${memberCount} ${memberCount === 1 ? "member" : "members"}, ${openInvitations} invited${memberCount > members.length ? `; the first ${members.length} are shown` : ""}.`}
      />
      <DataList label="Members" frame="plain" columns={columns} rows={members} rowKey={({ id }) => id} />
      {opened && (
        <OpenAsDialog
          org={org}
          member={{ id: opened.id, name: opened.name ?? opened.email }}
          onClose={() => setOpened(null)}
        />
      )}
    </Card>
  );
}
