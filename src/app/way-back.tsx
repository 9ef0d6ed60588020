import { ArrowLeft } from "lucide-react";
import { SignOutButton } from "~/modules/auth/ui";
import { PageLink } from "~/ui/page-link";
import { ThemeToggle } from "~/ui/theme-toggle";

/** Where the switch of organizations stands otherwise: the way out of pages that belong to none. */
export const WayBack = () => (
  <PageLink
    href="/login/landing"
    prefetch={false}
    className="flex h-10 items-center gap-2 rounded-md px-2 text-base text-ink-soft transition-colors hover:bg-ink/5 hover:text-ink pointer-coarse:h-control"
  >
    <ArrowLeft aria-hidden className="size-4" />
    Back to dashboard
  </PageLink>
);

/** Where the account menu stands otherwise. */
export const WayOut = () => (
  <div className="flex items-center justify-between gap-1">
    <SignOutButton />
    <ThemeToggle />
  </div>
);
