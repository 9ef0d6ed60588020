import type { Metadata } from "next";
import { ExportOutcome } from "~/modules/exports/ui";
import { JobDetailPage } from "~/modules/jobs/ui";
import { serverApi } from "~/trpc/server";
import { found } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Job" };

export default async function JobDetail({ params }: Props) {
  const { org, id } = await params;
  const job = await found(serverApi(org).jobs.get({ id }));
  const outcome = job.taskType === "export" && <ExportOutcome jobId={id} />;
  return <JobDetailPage key={id} job={job} outcome={outcome} />;
}
