import type { Metadata } from "next";
import { profileOf } from "~/modules/tenancy";
import { ApiProvider } from "~/trpc/client";
import { pageActor, serverApi } from "~/trpc/server";
import { Invitation } from "./invitation";

// The address is a secret: it goes to no other site and into no index.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer", robots: { index: false } };

export default async function InvitationRoute({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, person] = await Promise.all([
    serverApi().tenancy.invitation({ token: token.slice(0, 100) }),
    pageActor(),
  ]);
  const profile = person && (await profileOf(person));
  return (
    <ApiProvider>
      <Invitation
        token={token}
        invitation={invitation}
        person={profile && { email: profile.email, isVerified: profile.emailVerifiedAt !== null }}
      />
    </ApiProvider>
  );
}
