"use client";
import { useRouter } from "next/navigation";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import { useMay, useTenancy } from "./tenancy-context";

/** What is true on every page of the organization: that it is suspended, or that it is to be deleted. */
export function OrgBanner() {
  const { status, deletion } = useTenancy().currentOrganization;
  if (status === "suspended") {
    return (
      <Banner shape="strip" tone="caution" title="This organization is suspended.">
        Everything can be read and exported, nothing can be changed. Members can leave, and an owner can
        transfer it to one of them, or ask support to lift the suspension.
      </Banner>
    );
  }
  return status === "deletion_requested" && deletion ? <DeletionBanner deletion={deletion} /> : null;
}

function DeletionBanner({ deletion }: { deletion: { requestedAt: Date; by: string | null } }) {
  const { timeZone } = useTenancy().currentOrganization;
  const mayUndo = useMay("organization.delete");
  const router = useRouter();
  const undo = api.gdpr.keepOrganization.useMutation({
    onSuccess: () => {
      toast.success("The deletion request is withdrawn.");
      router.refresh();
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return (
    <Banner
      shape="strip"
      tone="caution"
      title="Deletion of this organization is requested."
      actions={
        mayUndo && (
          <Button size="small" loading={undo.isPending} onClick={() => undo.mutate()}>
            Keep organization
          </Button>
        )
      }
    >
      Asked for by {deletion.by ?? "a former owner"},{" "}
      <RelativeTime at={deletion.requestedAt} timeZone={timeZone} />. It happens seven days after that, and
      until then nothing is deleted.
    </Banner>
  );
}
