"use client";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { METER_NAMES, METERS } from "~/kernel/meter-table";
import type { Meter as MeterName } from "~/kernel/meters";
import { PLAN_WORDS } from "~/kernel/plans";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { DayBars } from "~/ui/day-bars";
import { formatNumber } from "~/ui/format-number";
import { LimitState } from "~/ui/limit-state";
import { Link } from "~/ui/link";
import { Meter } from "~/ui/meter";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import type { UsageByDay } from "../schema";
import { amount, dailyPace, dayWords, figure, ofLimit, standingOf, type Standing } from "./figures";
import { USAGE } from "./headings";
import { PeriodLinks } from "./period-links";

const DAY_MS = 86_400_000;

/**
 * Each meter of a billing period by day, against its limit, with where it leads. `asked` comes from the address; `upgrade`
 * is the button to the plan that is sold, which billing brings.
 */
export function UsagePage({
  asked,
  upgrade,
}: {
  asked: { periodsBack: number; periodStart: Date | null };
  upgrade: ReactNode;
}) {
  const { slug } = useTenancy().currentOrganization;
  const [days] = api.useSuspenseQueries((t) =>
    METER_NAMES.map((meter) => t.metering.byDay({ meter, ...asked })),
  );
  const [periods] = api.metering.periods.useSuspenseQuery();
  const path = `/o/${slug}/usage`;
  const { period } = days[0]!;
  const isNow = periods.some((one) => one.isNow && one.start.getTime() === period.start.getTime());
  const query = isNow ? "" : `?from=${period.start.toISOString()}`;
  // What was used first, so that no empty card leaves a hole between two charts.
  const shown = [...days].sort((a, b) => Number(b.used > 0) - Number(a.used > 0));
  const full = days.filter((one) => isNow && one.overageCost === null && standingOf(one) === "full");
  return (
    <>
      <PageHeader
        {...USAGE}
        actions={
          <Button asChild icon={<Download aria-hidden />}>
            <a href={`${path}/days.csv${query}`} download>
              Download CSV
            </a>
          </Button>
        }
      >
        <PeriodLinks path={path} period={period} periods={periods} />
      </PageHeader>
      <div className="flex flex-col gap-6">
        {full.map((one) => (
          <RanOut key={one.meter} usage={one} upgrade={upgrade} />
        ))}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {shown.map((one) => (
            <MeterCard key={one.meter} usage={one} path={path} query={query} />
          ))}
        </div>
      </div>
    </>
  );
}

/** A limit is a state of the page: what ran out, when it is there again, one way on. */
function RanOut({ usage, upgrade }: { usage: UsageByDay; upgrade: ReactNode }) {
  const { meter, used, limit, period, next } = usage;
  const mayPay = useMay("billing.manage");
  const { label, kind } = METERS[meter];
  return (
    <LimitState
      title={`${label}: the plan’s ${amount(meter, limit)} are used`}
      resets={
        kind === "counter"
          ? `They start anew on ${dateWords(period.end)} (UTC). What is there stays as it is.`
          : "Remove what is not needed any more, and there is room again."
      }
      next={
        <>
          {next &&
            `${PLAN_WORDS[next.plan].label} has ${moreOf(meter, next.limit, kind)}, from the moment it is paid.`}{" "}
          {!mayPay && "An owner of this organization can change the plan."}
        </>
      }
      meter={<Meter label={label} used={used} limit={limit} valueText={ofLimit(usage)} />}
      action={
        mayPay &&
        (next?.plan === "PRO" ? (
          upgrade
        ) : (
          <Button variant="primary" asChild>
            <PageLink href="/billing">See billing</PageLink>
          </Button>
        ))
      }
    />
  );
}

/** "5,000 jobs a period", "500 GB", "no limit" */
const moreOf = (meter: MeterName, limit: number, kind: "counter" | "gauge"): string =>
  limit < 0 ? "no limit" : `${amount(meter, limit)}${kind === "counter" ? " a period" : ""}`;

const STANDING: Record<Exclude<Standing, "fine">, { tone: "caution" | "negative"; words: string }> = {
  near: { tone: "caution", words: "Nearly used up" },
  full: { tone: "negative", words: "Used up" },
};

function MeterCard({ usage, path, query }: { usage: UsageByDay; path: string; query: string }) {
  const { meter, used, reserved, limit, period, days, overageCost, next } = usage;
  const { label, kind } = METERS[meter];
  const standing = standingOf(usage);
  const length = Math.round((period.end.getTime() - period.start.getTime()) / DAY_MS);
  const pace = kind === "counter" ? dailyPace(limit, length) : null;
  const most = days.reduce<(typeof days)[number] | null>(
    (best, one) => (one.quantity > (best?.quantity ?? 0) ? one : best),
    null,
  );
  const isLacking = limit === 0 && used === 0;
  return (
    <Card aria-label={label}>
      <CardHeader
        title={label}
        description={isLacking ? "Not in your plan." : ofLimit(usage)}
        actions={
          <>
            {standing !== "fine" && <Badge tone={STANDING[standing].tone}>{STANDING[standing].words}</Badge>}
            {/* Storage is measured, not counted use by use. */}
            <Link href={`${path}/${meter}${query}`}>
              Statement<span className="sr-only"> of {label}</span>
            </Link>
          </>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {limit > 0 && (
          <Meter label={label} used={used} limit={limit} valueText={`${ofLimit(usage)} used`} compact />
        )}
        <Outlook usage={usage} />
        {most === null ? (
          <p className="text-sm text-ink-faint">
            {isLacking
              ? next
                ? `${PLAN_WORDS[next.plan].label} has ${moreOf(meter, next.limit, kind)}.`
                : "A larger plan has it."
              : "Nothing was used in this period."}
          </p>
        ) : (
          <DayBars
            label={`${label} by day`}
            slots={length}
            bars={days.map(({ day, quantity }) => ({
              key: day,
              label: dayWords(day),
              value: quantity,
              text: amount(meter, quantity),
            }))}
            level={
              pace === null
                ? null
                : { value: pace, text: `Lasts the period at ${paceWords(meter, pace)} a day` }
            }
            summary={`Most on ${dayWords(most.day)}: ${amount(meter, most.quantity)}`}
          />
        )}
        {(reserved > 0 || overageCost !== null) && (
          <ul className="flex flex-col gap-0.5 text-sm text-ink-soft">
            {reserved > 0 && <li>{amount(meter, reserved)} set aside for work under way.</li>}
            {overageCost !== null && (
              <li>Beyond the plan so far: {formatNumber(overageCost, { currency: "USD" })}.</li>
            )}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

/** Less than one a day is said with a digit more. */
const paceWords = (meter: MeterName, pace: number): string => {
  const shown = pace / METERS[meter].unitsPerLimit;
  return shown >= 10 ? figure(meter, Math.floor(pace)) : formatNumber(shown, { maximumFractionDigits: 1 });
};

/** Where it leads, in one sentence; nothing for a period that has ended, or that has hardly begun. */
function Outlook({ usage: { meter, forecast, reachesLimitOn, period, used, limit } }: { usage: UsageByDay }) {
  if (forecast === null || used === 0) return null;
  if (reachesLimitOn !== null) {
    return (
      <p className="text-sm text-caution">
        At this pace the limit is reached on {dayWords(reachesLimitOn)}, before the period ends on{" "}
        {dateWords(period.end)}.
      </p>
    );
  }
  if (limit >= 0 && used >= limit) return null;
  return (
    <p className="text-sm text-ink-soft">
      At this pace about {amount(meter, forecast)} by {dateWords(period.end)}.
    </p>
  );
}

const dateWords = (at: Date): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(at);
