"use client";
import { api } from "~/trpc/client";
import type { OrganizationView } from "../../schema";
import { ReasonDialog } from "../reason-dialog";
import { useActed } from "../use-acted";

type Of = { org: OrganizationView };

export function SuspendDialog({ org, onClose }: Of & { onClose: () => void }) {
  const isSuspended = org.state === "suspended";
  const suspend = api.admin.suspend.useMutation({
    onSuccess: useActed(isSuspended ? "The suspension was lifted" : "The organization was suspended"),
  });
  return (
    <ReasonDialog
      title={isSuspended ? `Lift the suspension of ${org.name}` : `Suspend ${org.name}`}
      description={
        isSuspended
          ? "Members work again within a second, and held jobs go on."
          : "Members can read, leave and pay, nothing else. Its jobs wait. Nothing is deleted."
      }
      confirmLabel={isSuspended ? "Lift suspension" : "Suspend"}
      tone={isSuspended ? "primary" : "danger"}
      {...(!isSuspended && { phrase: org.slug })}
      onConfirm={(reason) => suspend.mutateAsync({ orgId: org.id, suspended: !isSuspended, reason })}
      onClose={onClose}
    />
  );
}
