import { ChevronLeft, ChevronRight } from "lucide-react";
import NextLink from "next/link";
import { buttonStyle } from "~/ui/button";
import { classNames } from "~/ui/class-names";
import { Link } from "~/ui/link";
import type { Period } from "../schema";

/** As far back as the API goes. */
export const MOST_PERIODS_BACK = 24;

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** Which billing period is shown, and the way to the ones beside it; null: the one an invoice is for, which has none beside it. */
export function PeriodLinks({
  path,
  periodsBack,
  period: { start, end },
}: {
  path: string;
  periodsBack: number | null;
  period: Period;
}) {
  const hrefOf = (back: number) => (back === 0 ? path : `${path}?period=${back}`);
  const step = (label: string, href: string | null, icon: React.ReactNode) =>
    href === null ? (
      <span aria-hidden className={classNames(buttonStyle({ size: "small" }), "px-1.5 opacity-50")}>
        {icon}
      </span>
    ) : (
      <NextLink
        href={href}
        aria-label={label}
        className={classNames(buttonStyle({ size: "small" }), "px-1.5")}
      >
        {icon}
      </NextLink>
    );
  return (
    <nav aria-label="Billing periods" className="flex flex-wrap items-center gap-2 text-sm">
      {periodsBack !== null && (
        <>
          {step(
            "Period before",
            periodsBack < MOST_PERIODS_BACK ? hrefOf(periodsBack + 1) : null,
            <ChevronLeft aria-hidden className="rtl:-scale-x-100" />,
          )}
          {step(
            "Period after",
            periodsBack > 0 ? hrefOf(periodsBack - 1) : null,
            <ChevronRight aria-hidden className="rtl:-scale-x-100" />,
          )}
        </>
      )}
      <span className="text-ink">{periodsBack === 0 ? "This billing period" : "Billing period"}</span>
      <span className="text-ink-soft">
        <time dateTime={start.toISOString()}>{FORMAT.format(start)}</time> to{" "}
        <time dateTime={end.toISOString()}>{FORMAT.format(end)}</time> UTC
      </span>
      {periodsBack === null && <Link href={path}>This billing period</Link>}
    </nav>
  );
}
