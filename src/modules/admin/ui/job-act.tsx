"use client";
import { api } from "~/trpc/client";
import { spacedName } from "~/ui/spaced-name";
import type { JobRow } from "../schema";
import { ReasonDialog } from "./reason-dialog";
import { useActed } from "./use-acted";

export const isOpen = (status: JobRow["status"]): boolean =>
  ["SCHEDULED", "PENDING", "RUNNING"].includes(status);

/** Ends a job that is under way, or runs a finished one again. */
export function JobAct({
  job,
  onClose,
}: {
  job: Pick<JobRow, "id" | "taskType" | "status"> & { org: { name: string } };
  onClose: () => void;
}) {
  const cancel = api.admin.cancelJob.useMutation({ onSuccess: useActed("The job was cancelled") });
  const again = api.admin.runJobAgain.useMutation({ onSuccess: useActed("A new job was started") });
  const isUnderWay = isOpen(job.status);
  const what = `${spacedName(job.taskType)} of ${job.org.name}`;
  return (
    <ReasonDialog
      title={isUnderWay ? "Cancel this job" : "Run this job again"}
      description={
        isUnderWay
          ? `${what} ends. What its steps have saved stays.`
          : `${what} starts anew with the same input, for whoever asked for it, and counts against the plan.`
      }
      confirmLabel={isUnderWay ? "Cancel job" : "Run again"}
      tone={isUnderWay ? "danger" : "primary"}
      onConfirm={(reason) => (isUnderWay ? cancel : again).mutateAsync({ id: job.id, reason })}
      onClose={onClose}
    />
  );
}
