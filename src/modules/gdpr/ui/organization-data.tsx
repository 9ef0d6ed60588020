"use client";
import { useRouter } from "next/navigation";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { toast } from "~/ui/toast";
import { EraseDialog } from "./erase-dialog";
import { ExportCard, follow } from "./export-card";
import { Instant } from "./instant";
import { countWords } from "./words";

const POLL_MS = 2_000;
const useOrganization = () =>
  api.gdpr.organization.useQuery(undefined, {
    refetchInterval: ({ state }) =>
      state.data?.exports.some((one) => one.state === "running") ? POLL_MS : false,
  });

/** Everything in the organization as one file; for owners. */
export function OrganizationExportCard() {
  const { timeZone } = useTenancy().currentOrganization;
  const queries = api.useUtils();
  const { data, isError } = useOrganization();
  const start = api.gdpr.exportOrganization.useMutation({
    onSuccess: () => toast.success("The export is one of the jobs. We mail you when it is ready."),
    onSettled: () => queries.gdpr.organization.invalidate(),
  });
  const fetch = api.gdpr.downloadOrganization.useMutation({ onSuccess: follow });
  return (
    <ExportCard
      title="Export the organization"
      description="One ZIP with every table as JSON and CSV, and every file. It stays for 7 days. For owners."
      exports={isError ? null : data?.exports}
      timeZone={timeZone}
      start={start}
      fetch={fetch}
    />
  );
}

/** The act in the settings' last card: asks for the deletion, or takes it back. */
export function DeleteOrganization() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const router = useRouter();
  const queries = api.useUtils();
  const { data, isError } = useOrganization();
  const settle = () => {
    void queries.gdpr.organization.invalidate();
    void queries.tenancy.current.invalidate();
    router.refresh();
  };
  const erase = api.gdpr.eraseOrganization.useMutation({
    onSuccess: () => {
      toast.success("Deletion is requested. Owners got a mail that undoes it, too.");
      settle();
    },
  });
  const keep = api.gdpr.keepOrganization.useMutation({
    onSuccess: () => {
      toast.success("The deletion request is withdrawn.");
      settle();
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  if (isError)
    return (
      <p className="text-sm text-negative">How far its deletion is could not be read. Reload the page.</p>
    );
  if (!data) return <Button disabled>Delete organization</Button>;
  if (data.erasure)
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-sm text-ink-soft">
          It happens on <Instant at={data.erasure.dueAt} timeZone={timeZone} />.
        </p>
        <Button loading={keep.isPending} onClick={() => keep.mutate()}>
          Keep organization
        </Button>
      </div>
    );
  return (
    <EraseDialog
      label="Delete organization"
      title={`Delete ${data.name}`}
      description={`In seven days everything in it is deleted for good: customers, files, jobs, keys and ${countWords(data.memberCount, "membership", "memberships")}. The subscription ends without a refund. Until then an owner can undo it.`}
      phrase={data.name}
      erase={erase}
      backTo={`/o/${slug}/settings`}
    />
  );
}
