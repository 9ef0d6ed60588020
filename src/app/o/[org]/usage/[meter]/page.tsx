import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { METERS } from "~/kernel/meter-table";
import { ListEntriesInput } from "~/modules/metering";
import { StatementPage } from "~/modules/metering/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { permitted } from "../../permitted";
import { periodOf, periodStartOf } from "../period-of";

type Props = {
  params: Promise<{ org: string; meter: string }>;
  searchParams: Promise<{ period?: string | string[]; from?: string | string[]; after?: string | string[] }>;
};

const meterOf = (name: string) => {
  const meter = ListEntriesInput.shape.meter.safeParse(name);
  return meter.success ? meter.data : null;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const meter = meterOf((await params).meter);
  return { title: meter ? `Statement: ${METERS[meter].label}` : "Not found" };
}

export default async function Statement({ params, searchParams }: Props) {
  const { org, meter: name } = await params;
  const meter = meterOf(name);
  if (!meter) notFound();
  await permitted(org, "usage.read");
  const { period, from, after } = await searchParams;
  const periodsBack = periodOf(period);
  const periodStart = periodStartOf(from);
  const asked = ListEntriesInput.safeParse({ meter, periodsBack, periodStart, cursor: after });
  const input = asked.success ? asked.data : ListEntriesInput.parse({ meter, periodsBack, periodStart });
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.metering.entries.prefetch(input),
    trpc.metering.byDay.prefetch({ meter, periodsBack, periodStart }),
    trpc.metering.periods.prefetch(),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <StatementPage input={input} />
    </Hydrate>
  );
}
