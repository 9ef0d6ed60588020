"use client";
import { Mail } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { api, failureOf, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { DataTable, type DataTableColumn } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { useTableAddress } from "~/ui/table-address";
import { toast } from "~/ui/toast";
import type { PendingInvitation } from "../schema";
import { InviteButton } from "./invite-button";
import { invitationColumns } from "./list-columns";
import { useMay, useTenancy } from "./tenancy-context";

const ACTIONS: DataTableColumn<PendingInvitation> = {
  key: "actions",
  label: "Actions",
  labelHidden: true,
  width: "12rem",
  align: "end",
  cell: (invitation) => <InvitationActions invitation={invitation} />,
};
const NO_FILTERS: string[] = [];

/** Who was asked to come and has not come yet. `tools` stand at the end of the toolbar. */
export function InvitationsPage({ tools }: { tools?: ReactNode }) {
  const { timeZone } = useTenancy().currentOrganization;
  const mayInvite = useMay("member.invite");
  const address = useTableAddress(NO_FILTERS);
  const all = api.tenancy.invitations.useQuery();
  const columns = useMemo(
    () => [...invitationColumns(timeZone), ...(mayInvite ? [ACTIONS] : [])],
    [timeZone, mayInvite],
  );
  const page = useMemo(() => all.data && { items: all.data.items, nextCursor: null }, [all.data]);
  const unmailed = page?.items.filter(({ isMailed }) => !isMailed).length ?? 0;
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
      <div>
        <DataTable<PendingInvitation>
          nouns={{ one: "invitation", many: "invitations" }}
          columns={columns}
          address={address}
          page={page}
          failure={failureOf(all)}
          // At most 200 come: of more, the number says so.
          total={all.data?.total}
          rowKey={({ id }) => id}
          tools={tools}
          empty={
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
              action={mayInvite && <InviteButton />}
            />
          }
        />
      </div>
    </div>
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
