import type { Metadata } from "next";
import NextLink from "next/link";
import { pricing } from "~/modules/billing";
import { PricingTable } from "~/modules/billing/ui";
import { lastUsedOrg } from "~/modules/tenancy";
import { pageActor } from "~/trpc/server";
import { Button } from "~/ui/button";
import { MarketingShell } from "~/ui/marketing-shell";
import { ThemeToggle } from "~/ui/theme-toggle";

export const metadata: Metadata = {
  title: "Pricing",
  description: "Plans for whole organizations, priced by what is used and never by seat.",
};

export default async function Pricing() {
  const [table, person] = await Promise.all([pricing(), pageActor()]);
  const org = person && (await lastUsedOrg(person));
  const way = person
    ? { href: org ? `/o/${org.slug}` : "/welcome", label: "Open dashboard" }
    : { href: "/login", label: "Sign in" };
  const billing = person ? "/billing" : "/login";
  return (
    <MarketingShell
      links={[{ href: "/pricing", label: "Pricing" }]}
      words={{ skip: "Skip to content", home: "Tenantry, home", navigation: "Main" }}
      actions={
        <>
          <ThemeToggle />
          <Button asChild variant="primary">
            <NextLink href={way.href}>{way.label}</NextLink>
          </Button>
        </>
      }
      footer={<p>Tenantry is open source under the MIT licence. Prices are in US dollars, before tax.</p>}
    >
      <div className="mx-auto flex max-w-page flex-col gap-10 px-4 py-14 sm:px-6">
        <div className="flex max-w-2xl flex-col gap-3">
          <h1 className="text-3xl font-semibold text-balance text-ink">
            One price for the whole organization
          </h1>
          <p className="text-lg text-pretty text-ink-soft">
            Every new organization has 14 days of Pro without a card. Afterwards it is on Free, and nothing is
            lost.
          </p>
        </div>
        <PricingTable
          pricing={table}
          act={(plan) =>
            plan === "ENTERPRISE" ? (
              <Button asChild>
                <a href="mailto:hello@tenantry.test?subject=Enterprise">Write to us</a>
              </Button>
            ) : (
              <Button asChild variant={plan === "PRO" ? "primary" : "secondary"}>
                <NextLink href={plan === "PRO" ? billing : way.href}>
                  {plan === "PRO"
                    ? person
                      ? "Upgrade to Pro"
                      : "Try Pro for 14 days"
                    : person
                      ? way.label
                      : "Begin"}
                </NextLink>
              </Button>
            )
          }
        />
      </div>
    </MarketingShell>
  );
}
