"use client";
import { Mail } from "lucide-react";
import { useState } from "react";
import { ROLE_WORDS } from "~/kernel/roles";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import { toast } from "~/ui/toast";
import type { PendingInvitation } from "../schema";
import { InviteDialog } from "./invite-dialog";
import { useMay, useTenancy } from "./tenancy-context";

/** Who was asked to come and has not come yet. */
export function InvitationsPage() {
  const { timeZone } = useTenancy().currentOrganization;
  const mayInvite = useMay("member.invite");
  const [{ items, total }] = api.tenancy.invitations.useSuspenseQuery();
  if (items.length === 0) {
    return (
      <EmptyState
        title="No open invitations"
        description="People you invite stand here until they accept. Each gets a mail with a link that is good for 7 days."
        sample={
          <SampleRows
            rows={[
              { icon: <Mail aria-hidden />, title: "ada@example.com", detail: "Member", state: "Open" },
              { icon: <Mail aria-hidden />, title: "noor@example.com", detail: "Admin", state: "Open" },
              {
                icon: <Mail aria-hidden />,
                title: "leon@example.com",
                detail: "Read-only",
                state: "Expired",
              },
            ]}
          />
        }
        action={mayInvite && <InviteDialog />}
      />
    );
  }
  const columns: DataListColumn<PendingInvitation>[] = [
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
    {
      key: "by",
      label: "Invited by",
      width: "10rem",
      from: "wider",
      cell: ({ invitedBy }) => invitedBy ?? "",
    },
    ...(mayInvite
      ? [
          {
            key: "actions",
            label: "Actions",
            width: "11rem",
            align: "end" as const,
            cell: (invitation: PendingInvitation) => <InvitationActions invitation={invitation} />,
          },
        ]
      : []),
  ];
  const unmailed = items.filter(({ isMailed }) => !isMailed).length;
  return (
    <div className="flex flex-col gap-4">
      {unmailed > 0 && (
        <Banner
          tone="caution"
          title={unmailed === 1 ? "One mail was not sent" : `${unmailed} mails were not sent`}
        >
          Our mail server did not take them. The invitations are kept: send them again.
        </Banner>
      )}
      <DataList
        label="Invitations"
        columns={columns}
        rows={items}
        rowKey={({ id }) => id}
        footer={
          <p className="text-sm text-ink-soft">
            {total > items.length
              ? `The newest ${items.length} of ${total}`
              : `${total} ${total === 1 ? "invitation" : "invitations"}`}
          </p>
        }
      />
    </div>
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

function InvitationActions({ invitation: { id, email } }: { invitation: PendingInvitation }) {
  const [isAsking, setAsking] = useState(false);
  const lists = api.useUtils().tenancy;
  const onSettled = () => {
    void lists.invitations.invalidate();
    void lists.setup.invalidate();
  };
  const resend = api.tenancy.resendInvitation.useMutation({
    onSettled,
    onSuccess: ({ invitations: [sent] }) =>
      sent?.isMailed
        ? toast.success(`Sent again to ${email}.`, {
            description: "The link in the earlier mail stopped working.",
          })
        : toast.error("The mail could not be sent.", {
            description: "The invitation is kept. Try again in a minute.",
          }),
    onError: (error) => toast.error(refusalOf(error).message),
  });
  const revoke = api.tenancy.revokeInvitation.useMutation({
    onSettled,
    onSuccess: () => toast.success(`The invitation of ${email} is withdrawn.`),
  });
  return (
    <span className="flex justify-end gap-1.5">
      <Button
        size="small"
        loading={resend.isPending}
        onClick={() => resend.mutate({ id })}
        aria-label={`Resend to ${email}`}
      >
        Resend
      </Button>
      <Button
        size="small"
        variant="ghost"
        onClick={() => setAsking(true)}
        aria-label={`Withdraw invitation of ${email}`}
      >
        Withdraw
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Withdraw the invitation of ${email}`}
        description="The link in the mail stops working. You can invite the address again later."
        confirmLabel="Withdraw invitation"
        onConfirm={() => revoke.mutateAsync({ id })}
        error={revoke.error && refusalOf(revoke.error).message}
      />
    </span>
  );
}
