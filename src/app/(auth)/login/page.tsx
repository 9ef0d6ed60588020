import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { demoPeople, isGoogleOffered, safeNextOf } from "~/modules/auth";
import { LoginPage } from "~/modules/auth/ui";
import { env } from "~/server/config/env";
import { pageActor, pageKnock } from "~/trpc/server";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Login({ searchParams }: Props) {
  const { next: wanted, callbackUrl, notice } = await searchParams;
  const asked = [wanted ?? callbackUrl].flat()[0];
  const next = safeNextOf(asked, new URL(env().APP_URL).origin);
  if (await pageActor()) redirect(next);
  const { trace } = await pageKnock();
  return (
    <LoginPage
      next={next}
      notice={typeof notice === "string" ? notice : null}
      isGoogleOffered={isGoogleOffered()}
      demoPeople={env().APP_ENV === "local" ? await demoPeople(trace) : []}
    />
  );
}
