import { Check, Circle } from "lucide-react";

type Step = { label: string; count: number; isDone: boolean };

/** How far an erasure is, step by step. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col gap-2" aria-label="Steps">
      {steps.map(({ label, count, isDone }) => (
        <li key={label} className="flex items-start gap-2 text-base">
          {isDone ? (
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-positive" />
          ) : (
            <Circle aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
          )}
          <span className={isDone ? "text-ink" : "text-ink-soft"}>
            {label}
            <span className="sr-only">{isDone ? ", done" : ", to be done"}</span>
          </span>
          {count > 0 && (
            <span className="ms-auto font-mono text-sm text-ink-soft tabular-nums">
              {count.toLocaleString("en")}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
