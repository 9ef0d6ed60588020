import type { Metadata } from "next";
import { WebhooksPage } from "~/modules/webhooks/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Webhooks" };

export default async function Webhooks({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await prefetchApi(org).trpc.webhooks.endpoints.prefetch();
  return (
    <Hydrate orgSlug={org}>
      <WebhooksPage />
    </Hydrate>
  );
}
