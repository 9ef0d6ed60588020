import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { ImportListInput } from "~/modules/crm";
import { ImportsPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { openDefaultView } from "../../default-view";

export const metadata: Metadata = { title: "Imports" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Imports({ params, searchParams }: Props) {
  const { org } = await params;
  const address = await searchParams;
  const input = listInput(ImportListInput, address);
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.crm.imports.list.prefetch(input),
    trpc.views.list.prefetch({ list: "imports" }),
    openDefaultView(org, "imports", address),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <ImportsPage />
    </Hydrate>
  );
}
