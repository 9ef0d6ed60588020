import type { Metadata } from "next";
import { AccountDataPage } from "~/modules/gdpr/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Your data" };

export default async function YourData() {
  await prefetchApi().trpc.gdpr.person.prefetch();
  return (
    <Hydrate>
      <AccountDataPage />
    </Hydrate>
  );
}
