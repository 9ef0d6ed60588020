import { classNames } from "./class-names";
import { formatNumber, type NumberFormat } from "./format-number";

export interface FormattedNumberProps extends NumberFormat {
  value: number | bigint | string;
  /** Follows the number in a quieter tone: "requests", "rows". Not for money, percent and bytes. */
  unit?: string;
  className?: string;
}

/** Figures of one width, so that they stand under each other in a column. */
export function FormattedNumber({ value, unit, className, ...format }: FormattedNumberProps) {
  const text = formatNumber(value, format);
  // The unit that comes with bytes looks like any other.
  const bytes = format.style === "bytes" ? /^(.*\d)\s(\D+)$/u.exec(text) : null;
  const quiet = bytes?.[2] ?? unit;
  return (
    <span className={classNames("font-mono whitespace-nowrap tabular-nums", className)}>
      {bytes?.[1] ?? text}
      {quiet && <span className="ms-1 font-sans tracking-normal text-ink-soft">{quiet}</span>}
    </span>
  );
}
