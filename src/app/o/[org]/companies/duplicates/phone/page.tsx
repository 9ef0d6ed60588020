import type { Metadata } from "next";
import { DuplicatesInput } from "~/modules/crm";
import { DuplicatesPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Duplicate companies" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DuplicateCompanies({ params, searchParams }: Props) {
  const { org } = await params;
  const { after } = await searchParams;
  const asked = DuplicatesInput.safeParse({ by: "phone", cursor: after });
  const input = asked.success ? asked.data : DuplicatesInput.parse({ by: "phone" });
  await prefetchApi(org).trpc.crm.companies.duplicates.prefetch(input);
  return (
    <Hydrate orgSlug={org}>
      <DuplicatesPage kind="company" input={input} />
    </Hydrate>
  );
}
