import type { Metadata } from "next";
import { pricing } from "~/modules/billing";
import { PricingTable } from "~/modules/billing/ui";
import { Button } from "~/ui/button";
import { PageLink } from "~/ui/page-link";
import { wayIn } from "../way-in";

export const metadata: Metadata = {
  title: "Pricing",
  description: "Plans for whole organizations, priced by what is used and never by seat.",
};

export default async function Pricing() {
  const [table, way] = await Promise.all([pricing(), wayIn()]);
  const billing = way.isSignedIn ? "/billing" : "/login";
  return (
    <div className="mx-auto flex max-w-page flex-col gap-10 px-4 py-14 sm:px-6">
      <div className="flex max-w-2xl flex-col gap-3">
        <h1 className="text-3xl font-semibold text-balance text-ink">One price for the whole organization</h1>
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
              <PageLink href={plan === "PRO" ? billing : way.href}>
                {plan === "PRO"
                  ? way.isSignedIn
                    ? "Upgrade to Pro"
                    : "Try Pro for 14 days"
                  : way.isSignedIn
                    ? way.label
                    : "Begin"}
              </PageLink>
            </Button>
          )
        }
      />
    </div>
  );
}
