import type { Metadata } from "next";
import { ListMembersInput } from "~/modules/tenancy";
import { MembersPage } from "~/modules/tenancy/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Members" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Members({ params, searchParams }: Props) {
  const { org } = await params;
  const { search, role, after } = await searchParams;
  // An address that was tampered with shows the list as if nothing was asked.
  const asked = ListMembersInput.safeParse({ search, role, cursor: after });
  const input = asked.success ? asked.data : ListMembersInput.parse({});
  await prefetchApi(org).trpc.tenancy.members.prefetch(input);
  return (
    <Hydrate orgSlug={org}>
      <MembersPage input={input} />
    </Hydrate>
  );
}
