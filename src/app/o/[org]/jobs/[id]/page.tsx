import type { Metadata } from "next";
import type { ComponentType } from "react";
import { BulkOutcome } from "~/modules/crm/ui";
import { ExportOutcome } from "~/modules/exports/ui";
import { JobDetailPage } from "~/modules/jobs/ui";
import { serverApi } from "~/trpc/server";
import { found } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

/** What work has made, drawn by the slice that did it. */
const OUTCOMES: Record<string, ComponentType<{ jobId: string }> | undefined> = {
  export: ExportOutcome,
  bulk_change: BulkOutcome,
  bulk_undo: BulkOutcome,
};

export const metadata: Metadata = { title: "Job" };

export default async function JobDetail({ params }: Props) {
  const { org, id } = await params;
  const job = await found(serverApi(org).jobs.get({ id }));
  const Outcome = OUTCOMES[job.taskType];
  return <JobDetailPage key={id} job={job} outcome={Outcome && <Outcome jobId={id} />} />;
}
