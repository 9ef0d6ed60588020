import type { Metadata } from "next";
import { METER_NAMES } from "~/kernel/meter-table";
import { UsagePage } from "~/modules/metering/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { permitted } from "../../permitted";
import { periodOf } from "../period-of";

export const metadata: Metadata = { title: "Usage" };

type Props = { params: Promise<{ org: string }>; searchParams: Promise<{ period?: string | string[] }> };

export default async function Usage({ params, searchParams }: Props) {
  const { org } = await params;
  await permitted(org, "usage.read");
  const periodsBack = periodOf((await searchParams).period);
  const { trpc } = prefetchApi(org);
  await Promise.all(METER_NAMES.map((meter) => trpc.metering.byDay.prefetch({ meter, periodsBack })));
  return (
    <Hydrate orgSlug={org}>
      <UsagePage periodsBack={periodsBack} />
    </Hydrate>
  );
}
