import type { ReactNode } from "react";

import { classNames } from "./class-names";

/** One key, drawn in the colour of its surroundings. Never shown where there is no keyboard. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={classNames(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[4px] border border-current/20 px-1",
        "font-sans text-xs leading-none font-medium text-current pointer-coarse:hidden",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
