import type { ReactNode } from "react";

import { classNames } from "./class-names";
import type { Tone } from "./tone";

const toneStyle: Record<Tone, string> = {
  neutral: "border-line bg-sunken text-ink-soft dark:bg-ink/5",
  accent: "border-accent/25 bg-accent/8 text-accent",
  positive: "border-positive/25 bg-positive/8 text-positive",
  caution: "border-caution/25 bg-caution/8 text-caution",
  negative: "border-negative/25 bg-negative/8 text-negative",
  info: "border-info/25 bg-info/8 text-info",
};

export interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A word about a thing's state or kind. The word carries the meaning, the tone only helps to find it. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap [&_svg]:-ms-0.5 [&_svg]:size-3",
        toneStyle[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
