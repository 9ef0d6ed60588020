import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface StepperProps {
  /** Names the list: "Import contacts, steps". */
  label: string;
  steps: readonly { key: string; label: ReactNode }[];
  /** Index of the step one is at; beyond the last when all is done. */
  current: number;
  doneText?: string;
  className?: string;
}

export function Stepper({ label, steps, current, doneText = "done", className }: StepperProps) {
  return (
    <ol aria-label={label} className={classNames("flex items-center gap-2 text-sm", className)}>
      {steps.map((step, index) => {
        const done = index < current;
        const here = index === current;
        return (
          <li
            key={step.key}
            aria-current={here ? "step" : undefined}
            className="flex min-w-0 items-center gap-2 not-last:grow sm:not-last:grow-0"
          >
            <span
              aria-hidden
              className={classNames(
                "flex size-5 shrink-0 items-center justify-center rounded-full border font-mono text-xs tabular-nums",
                done && "border-ink bg-ink text-canvas",
                here && "border-accent bg-accent text-accent-ink",
                !done && !here && "border-line-strong text-ink-faint",
              )}
            >
              {done ? <Check strokeWidth={3} className="size-3" /> : index + 1}
            </span>
            <span
              className={classNames(
                "truncate",
                here ? "font-medium text-ink" : "text-ink-soft max-sm:sr-only",
              )}
            >
              {step.label}
              {done && <span className="sr-only"> ({doneText})</span>}
            </span>
            {index < steps.length - 1 && (
              <span aria-hidden className="h-px min-w-3 grow bg-line sm:w-8 sm:grow-0" />
            )}
          </li>
        );
      })}
    </ol>
  );
}
