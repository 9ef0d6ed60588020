"use client";
import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLE_WORDS, ROLES, type Role } from "~/kernel/roles";
import { api, refusalOf } from "~/trpc/client";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { IconButton } from "~/ui/icon-button";
import { toast } from "~/ui/toast";
import { mayTouch } from "../rules";
import type { Member } from "../schema";
import { LeaveDialog } from "./leave-dialog";
import { useMay, useTenancy } from "./tenancy-context";

type Asking = "remove" | "leave" | { role: Role } | null;

/** What I may do with one member; nothing at all is shown where I may do nothing. */
export function MemberActions({ member }: { member: Member }) {
  const { userRoleInOrg, currentOrganization } = useTenancy();
  const mayUpdate = useMay("member.update") && mayTouch(userRoleInOrg, member.role);
  const mayRemove = useMay("member.remove") && mayTouch(userRoleInOrg, member.role) && !member.isYou;
  const mayLeave = useMay("member.leave") && member.isYou;
  const [asking, setAsking] = useState<Asking>(null);
  const { changeRole, remove } = useMemberChanges(member);
  if (!mayUpdate && !mayRemove && !mayLeave) return null;

  const name = member.name ?? member.email;
  const chooseRole = (role: Role) => {
    if (role === member.role) return;
    // Others can be given their role back; giving up one's own cannot be undone by oneself.
    if (member.isYou || role === "owner") setAsking({ role });
    else changeRole.mutate({ userId: member.userId, role });
  };
  const nextRole = asking && typeof asking === "object" ? asking.role : null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger>
          <IconButton
            label={`Actions for ${name}`}
            icon={<Ellipsis aria-hidden />}
            tooltip={false}
            size="small"
          />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {mayUpdate && (
            <>
              <DropdownMenuLabel>Role</DropdownMenuLabel>
              <DropdownMenuRadioGroup value={member.role} onValueChange={(role) => chooseRole(role as Role)}>
                {ROLES.filter((role) => mayTouch(userRoleInOrg, role)).map((role) => (
                  <DropdownMenuRadioItem key={role} value={role}>
                    {ROLE_WORDS[role].label}
                  </DropdownMenuRadioItem>
                ))}
              </DropdownMenuRadioGroup>
            </>
          )}
          {mayUpdate && (mayRemove || mayLeave) && <DropdownMenuSeparator />}
          {mayRemove && (
            <DropdownMenuItem danger onSelect={() => setAsking("remove")}>
              Remove from organization
            </DropdownMenuItem>
          )}
          {mayLeave && (
            <DropdownMenuItem danger onSelect={() => setAsking("leave")}>
              Leave organization
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking === "remove"}
        onOpenChange={(isOpen) => !isOpen && setAsking(null)}
        title={`Remove ${name}`}
        description={`${name} loses access to ${currentOrganization.name} at once. What they made stays.`}
        confirmLabel="Remove member"
        onConfirm={() => remove.mutateAsync({ userId: member.userId })}
        error={remove.error && refusalOf(remove.error).message}
      />
      {nextRole && (
        <ConfirmDialog
          open
          onOpenChange={(isOpen) => !isOpen && setAsking(null)}
          title={member.isYou ? "Change your own role" : `Make ${name} an owner`}
          description={
            member.isYou
              ? `You become ${ROLE_WORDS[nextRole].label.toLowerCase()}: ${ROLE_WORDS[nextRole].help} Only others can change that again.`
              : `${name} gets the same rights as you, with billing, ownership and deletion.`
          }
          tone="primary"
          confirmLabel="Change role"
          onConfirm={() => changeRole.mutateAsync({ userId: member.userId, role: nextRole })}
          error={changeRole.error && refusalOf(changeRole.error).message}
        />
      )}
      <LeaveDialog open={asking === "leave"} onOpenChange={(isOpen) => !isOpen && setAsking(null)} />
    </>
  );
}

function useMemberChanges(member: Member) {
  const lists = api.useUtils().tenancy;
  const router = useRouter();
  const settled = () => {
    void lists.members.invalidate();
    // My own rights decide what the pages around this list offer.
    if (member.isYou) router.refresh();
  };
  const name = member.name ?? member.email;
  const changeRole = api.tenancy.changeRole.useMutation({
    onSettled: settled,
    onSuccess: (_, { userId, role }) => {
      const words = `${name} is now ${ROLE_WORDS[role].label.toLowerCase()}.`;
      if (member.isYou) return toast.success(words);
      toast.undo(words, { onUndo: () => changeRole.mutate({ userId, role: member.role }) });
    },
    onError: (error) => !member.isYou && toast.error(refusalOf(error).message),
  });
  const remove = api.tenancy.removeMember.useMutation({
    onSettled: settled,
    onSuccess: () => toast.success(`${name} was removed.`),
  });
  return { changeRole, remove };
}
