import type { ReactNode } from "react";
import { MembersHeader } from "~/modules/tenancy/ui";
import { serverApi } from "~/trpc/server";

type Props = { children: ReactNode; params: Promise<{ org: string }> };

export default async function MembersLayout({ children, params }: Props) {
  const { org } = await params;
  // For the count beside the tab. Not hydrated here: what the page below prefetches would come along half ready, and the
  // page would be drawn on the server as if it had nothing yet.
  const invitations = await serverApi(org).tenancy.invitations();
  return (
    <>
      <MembersHeader invitations={invitations} />
      {children}
    </>
  );
}
