import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { ErasuresInput } from "~/modules/admin";
import { ErasuresPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Deletions" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminErasures({ searchParams }: Props) {
  await prefetchApi().trpc.admin.erasures.prefetch(listInput(ErasuresInput, await searchParams));
  return (
    <Hydrate>
      <ErasuresPage />
    </Hydrate>
  );
}
