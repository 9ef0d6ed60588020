"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";

/** Jobs of this billing period, and when it starts anew. Nothing where it cannot be told. */
export function JobsMeter() {
  const { timeZone } = useTenancy().currentOrganization;
  const { data } = api.metering.thisPeriod.useQuery({ meter: "jobs" });
  if (!data) return null;
  return (
    <div className="flex flex-col gap-0.5 text-sm">
      <p className="flex items-baseline justify-between gap-3">
        <span className="text-ink">Jobs completed</span>
        <span className="font-mono text-xs text-ink-soft">
          <FormattedNumber value={data.used} />
        </span>
      </p>
      <p className="text-xs text-ink-faint">
        Starts anew <RelativeTime at={data.period.end} timeZone={timeZone} />
      </p>
    </div>
  );
}
