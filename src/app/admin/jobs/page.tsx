import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { JobsInput } from "~/modules/admin";
import { JobsPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Jobs" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminJobs({ searchParams }: Props) {
  await prefetchApi().trpc.admin.jobs.prefetch(listInput(JobsInput, await searchParams));
  return (
    <Hydrate>
      <JobsPage />
    </Hydrate>
  );
}
