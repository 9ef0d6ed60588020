"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { buttonStyle } from "~/ui/button";
import { classNames } from "~/ui/class-names";
import { PageLink } from "~/ui/page-link";
import { Select } from "~/ui/select";
import type { Period, PeriodList } from "../schema";

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** Which billing period is shown, by its real bounds, and the way to every other one. `periods`: newest first. */
export function PeriodLinks({
  path,
  period: { start, end },
  periods,
}: {
  path: string;
  period: Period;
  periods: PeriodList;
}) {
  const router = useRouter();
  const isSame = (one: Period) => one.start.getTime() === start.getTime();
  const hrefOf = (one: PeriodList[number]) => (one.isNow ? path : `${path}?from=${one.start.toISOString()}`);
  const before = periods.find((one) => one.start < start);
  const after = periods.findLast((one) => one.start > start);
  const step = (label: string, to: PeriodList[number] | undefined, icon: React.ReactNode) =>
    to === undefined ? (
      <span aria-hidden className={classNames(buttonStyle({ size: "small" }), "px-1.5 opacity-50")}>
        {icon}
      </span>
    ) : (
      <PageLink
        href={hrefOf(to)}
        aria-label={label}
        className={classNames(buttonStyle({ size: "small" }), "px-1.5")}
      >
        {icon}
      </PageLink>
    );
  const shown = periods.some(isSame)
    ? periods
    : [...periods, { start, end, isNow: false }].sort(
        (one, other) => other.start.getTime() - one.start.getTime(),
      );
  return (
    <nav aria-label="Billing periods" className="flex flex-wrap items-center gap-2 text-sm">
      <span className="flex max-w-full min-w-0 items-center gap-2">
        {step("Period before", before, <ChevronLeft aria-hidden className="rtl:-scale-x-100" />)}
        {shown.length > 1 ? (
          <Select
            size="small"
            aria-label="Billing period"
            value={start.toISOString()}
            onValueChange={(chosen) => {
              const to = shown.find((one) => one.start.toISOString() === chosen);
              if (to) router.push(hrefOf(to));
            }}
            options={shown.map((one) => ({
              value: one.start.toISOString(),
              label: `${DAY.format(one.start)} – ${DAY.format(one.end)}`,
              description: one.isNow ? "This billing period" : undefined,
            }))}
          />
        ) : (
          <span className="text-ink">{shown[0]?.isNow ? "This billing period" : "Billing period"}</span>
        )}
        {step("Period after", after, <ChevronRight aria-hidden className="rtl:-scale-x-100" />)}
      </span>
      <span className="text-ink-soft">
        <time dateTime={start.toISOString()}>{FORMAT.format(start)}</time> to{" "}
        <time dateTime={end.toISOString()}>{FORMAT.format(end)}</time> UTC
      </span>
    </nav>
  );
}
