import type { Metadata } from "next";
import { isGoogleOffered } from "~/modules/auth";
import { ProfilePage } from "~/modules/auth/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Profile" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Profile({ searchParams }: Props) {
  const { connect } = await searchParams;
  const { auth } = prefetchApi().trpc;
  await Promise.all([auth.me.prefetch(), auth.passkeys.prefetch(), auth.stepUp.prefetch()]);
  return (
    <Hydrate>
      <ProfilePage isGoogleOffered={isGoogleOffered()} isBackFromGoogle={connect === "google"} />
    </Hydrate>
  );
}
