import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { ImportListInput } from "~/modules/crm";
import { ImportsPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Imports" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Imports({ params, searchParams }: Props) {
  const { org } = await params;
  const input = listInput(ImportListInput, await searchParams);
  await prefetchApi(org).trpc.crm.imports.list.prefetch(input);
  return (
    <Hydrate orgSlug={org}>
      <ImportsPage />
    </Hydrate>
  );
}
