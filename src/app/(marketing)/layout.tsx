import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { MarketingShell } from "~/ui/marketing-shell";
import { PageLink } from "~/ui/page-link";
import { ThemeToggle } from "~/ui/theme-toggle";
import { wayIn } from "./way-in";

const LINKS = [
  { href: "/pricing", label: "Pricing" },
  { href: "/docs/api", label: "API" },
];

export default async function MarketingLayout({ children }: { children: ReactNode }) {
  const way = await wayIn();
  return (
    <MarketingShell
      links={LINKS}
      words={{ skip: "Skip to content", home: "Tenantry, home", navigation: "Main" }}
      actions={
        <>
          {/* A phone's bar has room for the way in; there the theme is chosen below. */}
          <span className="max-sm:hidden">
            <ThemeToggle />
          </span>
          <Button asChild variant="primary">
            <PageLink href={way.href}>{way.label}</PageLink>
          </Button>
        </>
      }
      footer={
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p>Tenantry is open source under the MIT licence. Prices are in US dollars, before tax.</p>
          <div className="flex items-center gap-4">
            {LINKS.map(({ href, label }) => (
              <Link key={href} href={href} look="quiet">
                {label}
              </Link>
            ))}
            <span className="sm:hidden">
              <ThemeToggle label="Theme" />
            </span>
          </div>
        </div>
      }
    >
      {children}
    </MarketingShell>
  );
}
