import type { Metadata } from "next";
import { OverviewPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Overview" };

export default async function AdminOverview() {
  await prefetchApi().trpc.admin.overview.prefetch();
  return (
    <Hydrate>
      <OverviewPage />
    </Hydrate>
  );
}
