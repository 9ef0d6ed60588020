import { formatNumber } from "~/ui/format-number";
import { Progress } from "~/ui/progress";
import type { JobListItem } from "../schema";

/** How far a job is, 0 to 1; null while nobody knows, and before it began. */
export function shareOf({
  status,
  progress: { done, total },
}: Pick<JobListItem, "status" | "progress">): number | null {
  if (status === "COMPLETED") return 1;
  if (status === "SCHEDULED" || status === "PENDING") return 0;
  return total ? Math.min(1, done / total) : null;
}

export const percentWords = (share: number | null): string =>
  share === null ? "" : formatNumber(Math.floor(share * 100) / 100, { style: "percent" });

/** The bar of a job. An ended one that did not get through keeps the place it came to. */
export function JobBar({ job, label, className }: { job: JobListItem; label: string; className?: string }) {
  const share = shareOf(job);
  const hasStopped = job.status === "FAILED" || job.status === "CANCELLED";
  return (
    <Progress
      label={label}
      value={hasStopped ? (share ?? 0) : share}
      tone={job.status === "COMPLETED" ? "positive" : job.status === "FAILED" ? "negative" : "accent"}
      {...(share !== null && { valueText: percentWords(share) })}
      {...(className && { className })}
    />
  );
}
