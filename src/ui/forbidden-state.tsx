import { Lock } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface ForbiddenStateProps {
  /** What is closed: "Your role does not allow this". */
  title: ReactNode;
  /** Who could open it, and how. */
  description: ReactNode;
  /** Buttons; the way back first. */
  actions?: ReactNode;
  className?: string;
}

/** For a page that is there, and not for this person. What belongs to somebody else is "not found" instead. */
export function ForbiddenState({ title, description, actions, className }: ForbiddenStateProps) {
  return (
    <section
      className={classNames(
        "flex flex-col items-center gap-5 rounded-lg border border-line bg-surface px-4 py-12 text-center sm:px-8",
        className,
      )}
    >
      <span className="flex size-10 items-center justify-center rounded-full bg-ink/6 text-ink-soft [&_svg]:size-5">
        <Lock aria-hidden />
      </span>
      <div className="flex max-w-md flex-col gap-1.5">
        <h2 className="text-lg font-semibold text-ink">{title}</h2>
        <p className="text-base text-ink-soft">{description}</p>
      </div>
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </section>
  );
}
