import type { ReactNode } from "react";

import { BrandMark } from "./brand";
import { SkipLink } from "./skip-link";

export interface AuthCardProps {
  title: ReactNode;
  description?: ReactNode;
  /** Instead of our own mark: that of the place one is let into. */
  mark?: ReactNode;
  /** Below the panel: the other way in, the terms. */
  footer?: ReactNode;
  skipText?: string;
  children: ReactNode;
}

/** One calm panel in the middle of the page, for everything before the door. */
export function AuthCard({
  title,
  description,
  mark,
  footer,
  skipText = "Skip to content",
  children,
}: AuthCardProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 sm:justify-center">
      <SkipLink href="#content">{skipText}</SkipLink>
      <main id="content" tabIndex={-1} className="flex w-full max-w-sm flex-col gap-6 outline-none">
        <header className="flex flex-col items-center gap-4 text-center">
          {mark ?? <BrandMark className="size-10" />}
          <div className="flex flex-col gap-1.5">
            <h1 className="text-xl font-semibold text-ink">{title}</h1>
            {description && <p className="text-base text-ink-soft">{description}</p>}
          </div>
        </header>
        <div className="rounded-lg border border-line bg-surface p-5 sm:p-6">{children}</div>
        {footer && <footer className="text-center text-sm text-ink-soft">{footer}</footer>}
      </main>
    </div>
  );
}
