import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OpenLinkInput, safeNext } from "~/modules/auth";
import { OpenLinkPage } from "~/modules/auth/ui";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OpenLink({ searchParams }: Props) {
  const link = OpenLinkInput.safeParse(await searchParams);
  if (!link.success) redirect("/login/error?error=link_unknown");
  const { email, token, next } = link.data;
  return <OpenLinkPage email={email} token={token} next={safeNext(next)} />;
}
