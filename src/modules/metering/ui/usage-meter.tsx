"use client";
import { METERS } from "~/kernel/meter-table";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Meter } from "~/ui/meter";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import type { UsageSummary } from "../schema";
import { nextToRunOut, ofLimit } from "./figures";

/** What runs out next in this billing period, and when it starts anew. Nothing where nothing has a limit. */
export function UsageMeter({ usage }: { usage: UsageSummary }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const { data } = api.metering.summary.useQuery(undefined, { initialData: usage });
  const next = nextToRunOut(data.meters);
  if (!next) return null;
  return (
    <PageLink
      href={`/o/${slug}/usage`}
      className="block rounded-md px-2 py-2 transition-colors hover:bg-ink/5"
    >
      <Meter
        label={METERS[next.meter].label}
        used={next.used}
        limit={next.limit}
        valueText={ofLimit(next)}
        hint={
          METERS[next.meter].kind === "counter" && (
            <>
              Starts anew <RelativeTime at={data.period.end} timeZone={timeZone} />
            </>
          )
        }
      />
    </PageLink>
  );
}
