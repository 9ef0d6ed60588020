import type { Metadata } from "next";
import { CompanyListInput } from "~/modules/crm";
import { CompaniesPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Companies" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Companies({ params, searchParams }: Props) {
  const { org } = await params;
  const { search, owner, sort, after } = await searchParams;
  // An address that was tampered with shows the list as if nothing was asked.
  const asked = CompanyListInput.safeParse({ search, owner, sort, cursor: after });
  const input = asked.success ? asked.data : CompanyListInput.parse({});
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.crm.companies.list.prefetch(input),
    trpc.crm.companies.count.prefetch({ search: input.search, owner: input.owner }),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <CompaniesPage input={input} />
    </Hydrate>
  );
}
