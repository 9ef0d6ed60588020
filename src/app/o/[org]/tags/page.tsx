import type { Metadata } from "next";
import { TagsPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Tags" };

export default async function Tags({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await prefetchApi(org).trpc.crm.tags.uses.prefetch();
  return (
    <Hydrate orgSlug={org}>
      <TagsPage />
    </Hydrate>
  );
}
