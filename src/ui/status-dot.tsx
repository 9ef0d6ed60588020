import type { ReactNode } from "react";

import { classNames } from "./class-names";
import type { Tone } from "./tone";

const shapeStyle: Record<Tone, string> = {
  neutral: "text-ink-faint",
  accent: "text-accent",
  positive: "text-positive",
  caution: "text-caution",
  negative: "text-negative",
  info: "text-info",
};

export interface StatusDotProps {
  tone?: Tone;
  /** `ring` for what hasn't begun, `half` for what is under way, `cross` for what failed. */
  shape?: "full" | "half" | "ring" | "cross";
  /** A soft pulse, for what is happening right now. */
  live?: boolean;
  className?: string;
  /** The state in words. */
  children: ReactNode;
}

/** State in a row: shape and word differ as well as the colour. */
export function StatusDot({
  tone = "neutral",
  shape = "full",
  live = false,
  className,
  children,
}: StatusDotProps) {
  return (
    <span className={classNames("inline-flex items-center gap-2 whitespace-nowrap", className)}>
      <svg
        aria-hidden
        viewBox="0 0 10 10"
        className={classNames("size-2.5 shrink-0", shapeStyle[tone], live && "animate-breathe")}
      >
        {shape === "full" && <circle cx="5" cy="5" r="4" fill="currentColor" />}
        {(shape === "ring" || shape === "half") && (
          <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
        {shape === "half" && <path d="M5 1.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />}
        {shape === "cross" && (
          <path
            d="M1.75 1.75l6.5 6.5m0-6.5l-6.5 6.5"
            stroke="currentColor"
            strokeWidth="1.75"
            strokeLinecap="round"
          />
        )}
      </svg>
      <span>{children}</span>
    </span>
  );
}
