import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { CompanyListInput } from "~/modules/crm";
import { CompaniesPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { openDefaultView } from "../../default-view";

export const metadata: Metadata = { title: "Companies" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Companies({ params, searchParams }: Props) {
  const { org } = await params;
  const asked = await searchParams;
  const input = listInput(CompanyListInput, asked);
  const { trpc } = prefetchApi(org);
  const peek = typeof asked.peek === "string" ? asked.peek : null;
  await Promise.all([
    peek && trpc.crm.companies.get.prefetch({ id: peek }),
    trpc.crm.companies.list.prefetch(input),
    trpc.crm.companies.count.prefetch({
      search: input.search,
      owner: input.owner,
      country: input.country,
      tag: input.tag,
    }),
    trpc.views.list.prefetch({ list: "companies" }),
    openDefaultView(org, "companies", asked),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <CompaniesPage />
    </Hydrate>
  );
}
