"use client";
import { useRouter } from "next/navigation";
import { api, refusalOf } from "~/trpc/client";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { toast } from "~/ui/toast";
import { useTenancy } from "./tenancy-context";

export function LeaveDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { name } = useTenancy().currentOrganization;
  const router = useRouter();
  const leave = api.tenancy.leave.useMutation({
    onSuccess: () => {
      toast.success(`You left ${name}.`);
      router.push("/usage");
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Leave ${name}`}
      description="You lose access at once. What you made stays. Coming back takes an invitation."
      confirmLabel="Leave organization"
      onConfirm={() => leave.mutateAsync()}
      error={leave.error && refusalOf(leave.error).message}
    />
  );
}
