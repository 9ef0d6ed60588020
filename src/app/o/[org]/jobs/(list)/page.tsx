import type { Metadata } from "next";
import { allows } from "~/kernel/roles";
import { ListJobsInput } from "~/modules/jobs";
import { JobsPage } from "~/modules/jobs/ui";
import { Hydrate, pageOrg, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Jobs" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Jobs({ params, searchParams }: Props) {
  const { org: slug } = await params;
  const { whose, status, work, after } = await searchParams;
  const org = await pageOrg(slug);
  // An address that was tampered with shows the list as if nothing was asked; so does one of a colleague with more rights.
  const mayAsk = whose !== "all" || (org && allows(org.role, "job.readAll"));
  const asked = ListJobsInput.safeParse({ whose, status, taskType: work, cursor: after });
  const input = asked.success && mayAsk ? asked.data : ListJobsInput.parse({});
  const { trpc } = prefetchApi(slug);
  await Promise.all([trpc.jobs.list.prefetch(input), trpc.jobs.taskTypes.prefetch()]);
  return (
    <Hydrate orgSlug={slug}>
      <JobsPage input={input} />
    </Hydrate>
  );
}
