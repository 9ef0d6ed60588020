import type { Metadata } from "next";
import { JobDetailPage } from "~/modules/jobs/ui";
import { serverApi } from "~/trpc/server";
import { found } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Job" };

export default async function JobDetail({ params }: Props) {
  const { org, id } = await params;
  return <JobDetailPage key={id} job={await found(serverApi(org).jobs.get({ id }))} />;
}
