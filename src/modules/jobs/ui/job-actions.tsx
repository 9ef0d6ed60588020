"use client";
import { RotateCw, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { toast } from "~/ui/toast";
import type { JobView } from "../schema";

/** Ends a job before its time, after asking. */
export function CancelJob({ job, size = "medium" }: { job: JobView; size?: "small" | "medium" }) {
  const utils = api.useUtils();
  const [refused, setRefused] = useState<string | null>(null);
  const cancel = api.jobs.cancel.useMutation({
    onSuccess: () => toast.success("Job cancelled"),
    onError: (error) => setRefused(refusalOf(error).message),
    onSettled: () => utils.jobs.invalidate(),
  });
  if (!job.mayCancel) return null;
  return (
    <ConfirmDialog
      trigger={
        <Button size={size} icon={<X aria-hidden />}>
          Cancel job
        </Button>
      }
      title="Cancel this job"
      description="It stops within seconds. What it has done so far stays; nothing is counted."
      confirmLabel="Cancel job"
      cancelLabel="Keep it running"
      error={refused}
      onConfirm={() => {
        setRefused(null);
        return cancel.mutateAsync({ id: job.id });
      }}
    />
  );
}

/** Starts the same work once more and goes to the new job. */
export function RunJobAgain({ job }: { job: JobView }) {
  const { slug } = useTenancy().currentOrganization;
  const router = useRouter();
  const utils = api.useUtils();
  const runAgain = api.jobs.runAgain.useMutation({
    onSuccess: ({ jobId }) => router.push(`/o/${slug}/jobs/${jobId}`),
    onError: (error) => toast.error("The job was not started", { description: refusalOf(error).message }),
    onSettled: () => utils.jobs.invalidate(),
  });
  if (!job.mayRunAgain) return null;
  return (
    <Button
      variant={job.status === "COMPLETED" ? "secondary" : "primary"}
      icon={<RotateCw aria-hidden />}
      loading={runAgain.isPending}
      onClick={() => runAgain.mutate({ id: job.id })}
    >
      Run again
    </Button>
  );
}
