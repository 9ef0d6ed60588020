import type { Metadata } from "next";
import { KeysPage } from "~/modules/api-keys/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "API keys" };

export default async function Keys({ params }: { params: Promise<{ org: string }> }) {
  const { org: slug } = await params;
  await prefetchApi(slug).trpc.apiKeys.list.prefetch();
  return (
    <Hydrate orgSlug={slug}>
      <KeysPage />
    </Hydrate>
  );
}
