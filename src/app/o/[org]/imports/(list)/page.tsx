import type { Metadata } from "next";
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
  const { after } = await searchParams;
  // An address that was tampered with shows the list from its beginning.
  const input = ImportListInput.parse(
    typeof after === "string" && /^[0-9a-f-]{36}$/.test(after) ? { cursor: after } : {},
  );
  await prefetchApi(org).trpc.crm.imports.list.prefetch(input);
  return (
    <Hydrate orgSlug={org}>
      <ImportsPage input={input} />
    </Hydrate>
  );
}
