import { classNames } from "./class-names";

export interface ProgressProps {
  /** What is progressing, for people who cannot see the bar. */
  label: string;
  /** 0 to 1; `null` while nobody knows. */
  value: number | null;
  /** Read instead of the percentage, for example "1,200 of 4,000 rows". */
  valueText?: string;
  tone?: "accent" | "positive" | "negative";
  className?: string;
}

const fillStyle = { accent: "bg-accent", positive: "bg-positive", negative: "bg-negative" } as const;

export function Progress({ label, value, valueText, tone = "accent", className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      aria-valuetext={valueText}
      className={classNames("h-1.5 w-full overflow-hidden rounded-full bg-ink/10", className)}
    >
      <div
        className={classNames(
          "h-full rounded-full transition-[width]",
          fillStyle[tone],
          share === null && "w-2/5 animate-breathe",
        )}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
