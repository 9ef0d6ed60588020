import type { ReactNode } from "react";
import { MembersHeader } from "~/modules/tenancy/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

type Props = { children: ReactNode; params: Promise<{ org: string }> };

export default async function MembersLayout({ children, params }: Props) {
  const { org } = await params;
  // For the count beside the tab, which stands above both pages: what a page brings itself comes too late for it.
  await prefetchApi(org).trpc.tenancy.invitations.prefetch();
  return (
    <Hydrate orgSlug={org}>
      <MembersHeader />
      {children}
    </Hydrate>
  );
}
