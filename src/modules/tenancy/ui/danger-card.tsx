"use client";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { Field } from "~/ui/field";
import { Select } from "~/ui/select";
import { toast } from "~/ui/toast";
import type { OrganizationDetail } from "../schema";
import { LeaveDialog } from "./leave-dialog";
import { useMay, useTenancy } from "./tenancy-context";

/** What takes something away: from me, or from everybody. */
export function DangerCard({
  organization,
  deletion,
}: {
  organization: OrganizationDetail;
  /** Asks for the deletion, or takes it back. */
  deletion: ReactNode;
}) {
  const mayTransfer = useMay("organization.transfer");
  const mayDelete = useMay("organization.delete");
  const mayLeave = useMay("member.leave");
  const [isLeaving, setLeaving] = useState(false);
  if (!mayTransfer && !mayDelete && !mayLeave) return null;
  return (
    <Card aria-label="Leaving and deleting">
      <CardHeader title="Leaving and deleting" />
      <ul className="divide-y divide-line">
        {mayTransfer && (
          <Act title="Transfer ownership" words="Somebody else becomes the owner, and you an admin.">
            <TransferDialog organization={organization} />
          </Act>
        )}
        {mayLeave && (
          <Act title="Leave organization" words="You lose access. What you made stays.">
            <Button onClick={() => setLeaving(true)}>Leave organization</Button>
            <LeaveDialog open={isLeaving} onOpenChange={setLeaving} />
          </Act>
        )}
        {mayDelete && (
          <Act
            title="Delete organization"
            words={
              organization.deletion
                ? "Deletion is requested. Until it happens, an owner can withdraw that."
                : "Everything in it is deleted seven days after an owner asks. An owner can withdraw that until it happens."
            }
          >
            {deletion}
          </Act>
        )}
      </ul>
    </Card>
  );
}

const Act = ({ title, words, children }: { title: string; words: string; children: ReactNode }) => (
  <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3">
    <div className="min-w-0 grow basis-60">
      <h3 className="font-medium text-ink">{title}</h3>
      <p className="text-sm text-ink-soft">{words}</p>
    </div>
    {children}
  </li>
);

function TransferDialog({ organization }: { organization: OrganizationDetail }) {
  const { user } = useTenancy();
  const router = useRouter();
  const lists = api.useUtils().tenancy;
  const [userId, setUserId] = useState("");
  const [isOpen, setOpen] = useState(false);
  const members = api.tenancy.members.useQuery({ limit: 100 }, { enabled: isOpen });
  const others = (members.data?.items ?? []).filter((member) => member.userId !== user.id);
  const transfer = api.tenancy.transferOwnership.useMutation({
    onSuccess: () => {
      toast.success("Ownership transferred. You are an admin now.");
      void lists.invalidate();
      router.refresh();
    },
  });
  const refusal = transfer.error && refusalOf(transfer.error);
  return (
    <ConfirmDialog
      trigger={<Button>Transfer ownership</Button>}
      open={isOpen}
      onOpenChange={setOpen}
      title="Transfer ownership"
      description="The new owner gets billing, ownership and deletion. You become an admin and cannot take it back."
      phrase={organization.name}
      phraseLabel={`Type “${organization.name}” to confirm`}
      confirmLabel="Transfer ownership"
      onConfirm={() => transfer.mutateAsync({ userId, confirmation: organization.name })}
      error={refusal && !refusal.fields.userId && (refusal.fields.confirmation?.[0] ?? refusal.message)}
    >
      <Field
        label="New owner"
        required
        error={refusal?.fields.userId?.[0]}
        help={
          members.isSuccess && others.length === 0
            ? organization.status === "suspended"
              ? "Nobody else is a member, and nobody can be invited while it is suspended."
              : "Nobody else is a member. Invite somebody first."
            : undefined
        }
      >
        <Select
          value={userId}
          onValueChange={setUserId}
          placeholder="Choose a member"
          options={others.map(({ userId: value, name, email }) => ({
            value,
            label: name ?? email,
            description: name ? email : undefined,
          }))}
        />
      </Field>
    </ConfirmDialog>
  );
}
