import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { allows } from "~/kernel/roles";
import { ExportButton } from "~/modules/exports/ui";
import { ListJobsInput } from "~/modules/jobs";
import { JobsPage } from "~/modules/jobs/ui";
import { Hydrate, pageOrg, prefetchApi } from "~/trpc/server";
import { openDefaultView } from "../../default-view";

const NOUNS = { one: "job", many: "jobs" };

export const metadata: Metadata = { title: "Jobs" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Jobs({ params, searchParams }: Props) {
  const { org: slug } = await params;
  const { whose, ...asked } = await searchParams;
  const org = await pageOrg(slug);
  // An address of a colleague with more rights shows one's own.
  const readsAll = org !== null && allows(org.role, "job.readAll");
  const input = listInput(ListJobsInput, { ...asked, ...(readsAll && { whose }) });
  const { trpc } = prefetchApi(slug);
  await Promise.all([
    trpc.jobs.list.prefetch(input),
    trpc.jobs.taskTypes.prefetch(),
    trpc.views.list.prefetch({ list: "jobs" }),
    openDefaultView(slug, "jobs", await searchParams),
  ]);
  return (
    <Hydrate orgSlug={slug}>
      <JobsPage
        tools={<ExportButton list="jobs" nouns={NOUNS} filterKeys={["whose", "status", "taskType"]} />}
      />
    </Hydrate>
  );
}
