import type { Metadata } from "next";
import { RevenuePage } from "~/modules/billing/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Revenue" };

export default async function AdminRevenue() {
  await prefetchApi().trpc.billing.revenue.overview.prefetch();
  return (
    <Hydrate>
      <RevenuePage />
    </Hydrate>
  );
}
