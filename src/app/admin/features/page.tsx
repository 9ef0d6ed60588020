import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { FeaturesInput } from "~/modules/admin";
import { FeaturesPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Features" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminFeatures({ searchParams }: Props) {
  await prefetchApi().trpc.admin.features.prefetch(listInput(FeaturesInput, await searchParams));
  return (
    <Hydrate>
      <FeaturesPage />
    </Hydrate>
  );
}
