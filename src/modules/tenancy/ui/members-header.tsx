"use client";
import { api } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { PageHeader } from "~/ui/page-header";
import { TabLinks } from "~/ui/tab-links";
import type { PendingInvitations } from "../schema";
import { InviteButton } from "./invite-button";
import { useMay, useTenancy } from "./tenancy-context";

/** Above both lists: who is here, and who was asked to come. */
export function MembersHeader({ invitations }: { invitations: PendingInvitations }) {
  const { currentOrganization } = useTenancy();
  const mayInvite = useMay("member.invite");
  const pending = api.tenancy.invitations.useQuery(undefined, { initialData: invitations });
  const path = `/o/${currentOrganization.slug}/members`;
  const count = pending.data.total;
  return (
    <PageHeader
      title="Members"
      description="Who works here, with which role, and who was invited."
      actions={mayInvite && <InviteButton />}
    >
      <TabLinks
        label="Members and invitations"
        items={[
          { href: path, label: "Members", exact: true },
          {
            href: `${path}/invitations`,
            label: "Invitations",
            badge: count > 0 ? <Badge>{count}</Badge> : undefined,
          },
        ]}
      />
    </PageHeader>
  );
}
