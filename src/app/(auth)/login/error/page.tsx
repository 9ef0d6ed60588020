import type { Metadata } from "next";
import { refusalFor } from "~/modules/auth";
import { RefusalPage } from "~/modules/auth/ui";
import { pageActor } from "~/trpc/server";

export const metadata: Metadata = { title: "Not signed in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInError({ searchParams }: Props) {
  const { error } = await searchParams;
  const isSignedIn = (await pageActor()) !== null;
  return <RefusalPage error={refusalFor([error].flat()[0])} isSignedIn={isSignedIn} />;
}
