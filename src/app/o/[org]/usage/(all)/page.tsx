import type { Metadata } from "next";
import { METER_NAMES } from "~/kernel/meter-table";
import { UpgradeButton } from "~/modules/billing/ui";
import { UsagePage } from "~/modules/metering/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { permitted } from "../../permitted";
import { periodOf, periodStartOf } from "../period-of";

export const metadata: Metadata = { title: "Usage" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<{ period?: string | string[]; from?: string | string[] }>;
};

export default async function Usage({ params, searchParams }: Props) {
  const { org } = await params;
  await permitted(org, "usage.read");
  const { period, from } = await searchParams;
  const asked = { periodsBack: periodOf(period), periodStart: periodStartOf(from) };
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.metering.periods.prefetch(),
    ...METER_NAMES.map((meter) => trpc.metering.byDay.prefetch({ meter, ...asked })),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <UsagePage asked={asked} upgrade={<UpgradeButton />} />
    </Hydrate>
  );
}
