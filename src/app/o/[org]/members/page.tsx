import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { ExportButton } from "~/modules/exports/ui";
import { ListMembersInput } from "~/modules/tenancy";
import { MembersPage } from "~/modules/tenancy/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { openDefaultView } from "../default-view";

const NOUNS = { one: "member", many: "members" };

export const metadata: Metadata = { title: "Members" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Members({ params, searchParams }: Props) {
  const { org } = await params;
  const asked = await searchParams;
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.tenancy.members.prefetch(listInput(ListMembersInput, asked)),
    trpc.views.list.prefetch({ list: "members" }),
    openDefaultView(org, "members", asked),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <MembersPage tools={<ExportButton list="members" nouns={NOUNS} filterKeys={["role"]} />} />
    </Hydrate>
  );
}
