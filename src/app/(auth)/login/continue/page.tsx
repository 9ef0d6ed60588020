import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { safeNext } from "~/modules/auth";
import { ContinuePage } from "~/modules/auth/ui";
import { UNTIL_COOKIE } from "~/server/auth/cookies";
import { pageActor } from "~/trpc/server";

export const metadata: Metadata = { title: "Signing in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Continue({ searchParams }: Props) {
  const { next: wanted } = await searchParams;
  const next = safeNext([wanted].flat()[0]);
  if (await pageActor()) redirect(next);
  // The refresh token goes to its own door alone; this cookie says whether there may be one.
  if (!(await cookies()).has(UNTIL_COOKIE)) redirect(`/login?next=${encodeURIComponent(next)}`);
  return <ContinuePage next={next} />;
}
