"use client";
import { Undo2 } from "lucide-react";
import { useFollowJob } from "~/modules/jobs/ui";
import { useMay } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { formatNumber } from "~/ui/format-number";
import { toast } from "~/ui/toast";

/** On the page of a job that changed many records: what it did can be taken back, here for as long as 30 days. */
export function BulkOutcome({ jobId }: { jobId: string }) {
  const mayWrite = useMay("crm.write");
  const follow = useFollowJob();
  const { data: job } = api.jobs.get.useQuery({ id: jobId });
  const handlers = {
    onSuccess: ({ jobId: undoing, count }: { jobId: string | null; count: number }) => {
      if (!undoing) return toast.success(`Undone: ${formatNumber(count)} ${records}`);
      follow({
        jobId: undoing,
        doing: `Taking it back for ${records}`,
        onCompleted: (done, id) =>
          toast.success(`Undone: ${formatNumber(Number(done.result?.changed ?? 0))} ${records}`, { id }),
      });
    },
    onError: (error: unknown) => toast.error("Nothing was undone", { description: refusalOf(error).message }),
  };
  const companies = api.crm.companies.bulkUndo.useMutation(handlers);
  const contacts = api.crm.contacts.bulkUndo.useMutation(handlers);
  const changed = Number(job?.result?.changed ?? 0);
  const records = job?.result?.records === "contacts" ? "contacts" : "companies";
  const undo = records === "contacts" ? contacts : companies;
  if (job?.status !== "COMPLETED" || changed === 0) return null;
  return (
    <Card aria-label="Outcome" className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <p className="min-w-48 grow">
        <span className="font-medium">
          {formatNumber(changed)} {records} changed
        </span>
        <span className="block text-sm text-ink-soft">
          It can be taken back for 30 days, wherever nobody has changed a record again.
        </span>
      </p>
      {mayWrite && (
        <Button
          icon={<Undo2 aria-hidden />}
          loading={undo.isPending}
          onClick={() => undo.mutate({ batchId: jobId })}
        >
          Undo
        </Button>
      )}
    </Card>
  );
}
