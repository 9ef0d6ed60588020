import type { Metadata } from "next";
import { BillingPage } from "~/modules/billing/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Billing" };

export default async function Billing({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await prefetchApi(org).trpc.billing.overview.prefetch();
  return (
    <Hydrate orgSlug={org}>
      <BillingPage />
    </Hydrate>
  );
}
