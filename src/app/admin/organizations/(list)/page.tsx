import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { OrganizationsInput } from "~/modules/admin";
import { OrganizationsPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Organizations" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminOrganizations({ searchParams }: Props) {
  await prefetchApi().trpc.admin.organizations.prefetch(listInput(OrganizationsInput, await searchParams));
  return (
    <Hydrate>
      <OrganizationsPage />
    </Hydrate>
  );
}
