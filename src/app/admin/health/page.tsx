import type { Metadata } from "next";
import { HealthPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "System health" };

export default async function AdminHealth() {
  await prefetchApi().trpc.admin.health.prefetch();
  return (
    <Hydrate>
      <HealthPage />
    </Hydrate>
  );
}
