import type { Metadata } from "next";
import { DevicesPage } from "~/modules/auth/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Devices" };

export default async function Devices() {
  await prefetchApi().trpc.auth.devices.prefetch();
  return (
    <Hydrate>
      <DevicesPage />
    </Hydrate>
  );
}
