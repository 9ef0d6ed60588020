import type { Metadata } from "next";
import { FeaturesPage } from "~/modules/features/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Features" };

export default async function Features({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const { trpc } = prefetchApi(org);
  await Promise.all([trpc.features.explain.prefetch(), trpc.features.members.prefetch()]);
  return (
    <Hydrate orgSlug={org}>
      <FeaturesPage />
    </Hydrate>
  );
}
