"use client";
import { usePathname } from "next/navigation";
import { METERS } from "~/kernel/meter-table";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Link } from "~/ui/link";
import type { UsageSummary } from "../schema";
import { ofLimit, standingOf } from "./figures";

const listed = (names: string[]): string => new Intl.ListFormat("en", { type: "conjunction" }).format(names);

/** On every page while something has run out, or is about to (spec §5: 80 % and 100 %). What may be bought beyond is neither. */
export function UsageBanner({ usage }: { usage: UsageSummary }) {
  const { slug } = useTenancy().currentOrganization;
  const { data } = api.metering.summary.useQuery(undefined, { initialData: usage });
  const here = usePathname();
  const held = data.meters.filter(({ overageCost }) => overageCost === null);
  const full = held.filter((one) => standingOf(one) === "full");
  const near = held.filter((one) => standingOf(one) === "near");
  if (full.length === 0 && near.length === 0) return null;
  const path = `/o/${slug}/usage`;
  const actions = here !== path && <Link href={path}>See usage</Link>;
  const names = (meters: typeof held) => listed(meters.map(({ meter }) => METERS[meter].label));
  return full.length > 0 ? (
    <Banner shape="strip" tone="negative" title={`Used up: ${names(full)}.`} actions={actions}>
      Nothing is lost; more is refused until the period ends or the plan changes.
    </Banner>
  ) : (
    <Banner shape="strip" tone="caution" title={`Nearly used up: ${names(near)}.`} actions={actions}>
      {near.length === 1 && `${ofLimit(near[0]!)}.`}
    </Banner>
  );
}
