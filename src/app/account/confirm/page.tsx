import type { Metadata } from "next";
import { safeNext } from "~/modules/auth";
import { ConfirmPage } from "~/modules/auth/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Confirm it is you" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** For whatever wants a confirmation first: it leads here, and comes back. */
export default async function Confirm({ searchParams }: Props) {
  const { next } = await searchParams;
  await prefetchApi().trpc.auth.stepUp.prefetch();
  return (
    <Hydrate>
      <ConfirmPage next={safeNext(typeof next === "string" ? next : null)} />
    </Hydrate>
  );
}
