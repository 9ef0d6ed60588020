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
  return (
    <span className={classNames("font-mono whitespace-nowrap tabular-nums", className)}>
      {formatNumber(value, format)}
      {unit && <span className="ms-1 font-sans text-ink-soft">{unit}</span>}
    </span>
  );
}
