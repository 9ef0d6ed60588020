import type { Metadata } from "next";
import { ExportButton } from "~/modules/exports/ui";
import { InvitationsPage } from "~/modules/tenancy/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

const NOUNS = { one: "invitation", many: "invitations" };

export const metadata: Metadata = { title: "Invitations" };

export default async function Invitations({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await prefetchApi(org).trpc.tenancy.invitations.prefetch();
  return (
    <Hydrate orgSlug={org}>
      <InvitationsPage tools={<ExportButton list="invitations" nouns={NOUNS} filterKeys={[]} />} />
    </Hydrate>
  );
}
