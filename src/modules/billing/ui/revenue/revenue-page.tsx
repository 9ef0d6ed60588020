"use client";
import { PLAN_WORDS } from "~/kernel/plans";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { ErrorState } from "~/ui/error-state";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { Skeleton } from "~/ui/skeleton";
import { Stat, StatRow } from "~/ui/stat";
import type { Revenue } from "../../schema";
import { DifferencesCard } from "./differences-card";
import { FailedPaymentsCard } from "./failed-payments-card";
import { InboxCard } from "./inbox-card";
import { Money } from "./money";
import { MovementsCard } from "./movements-card";
import { OffersCard } from "./offers-card";
import { OverageTotalsCard } from "./overage-totals-card";

/** What the platform earns, what failed, and what does not agree. */
export function RevenuePage() {
  const { data, error, refetch } = api.billing.revenue.overview.useQuery();
  return (
    <>
      <PageHeader
        title="Revenue"
        description="What organizations pay, what failed, and what does not agree with Stripe."
      />
      {error && !data ? (
        <ErrorState
          title="Revenue could not be read"
          next={refusalOf(error).message}
          correlationId={refusalOf(error).correlationId ?? undefined}
          actions={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      ) : !data ? (
        <div role="status" className="flex flex-col gap-6">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
      ) : (
        <div className="flex flex-col gap-6">
          {data.payments !== "ready" && (
            <Banner
              tone="caution"
              title={data.payments === "delayed" ? "Stripe does not answer" : "Payments are not set up"}
            >
              {data.payments === "delayed"
                ? "Nothing is sent until it does; it is asked once in a while. What came in meanwhile is kept."
                : "Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, then run npm run stripe:sync."}
            </Banner>
          )}
          <Figures revenue={data} />
          <MovementsCard movements={data.movements} />
          <OffersCard offers={data.offers} />
          <DifferencesCard revenue={data} />
          <FailedPaymentsCard rows={data.failedPayments} />
          <OverageTotalsCard rows={data.overage} />
          <InboxCard />
        </div>
      )}
    </>
  );
}

function Figures({ revenue }: { revenue: Revenue }) {
  const paying = revenue.plans.reduce((sum, { organizations }) => sum + organizations, 0);
  return (
    <StatRow>
      <Stat
        label="Monthly recurring revenue"
        value={<Money value={revenue.mrr} />}
        hint="After discounts that recur, before tax and usage"
      />
      <Stat label="Paying organizations" value={<FormattedNumber value={paying} />} />
      {revenue.plans.map(({ plan, amount, organizations }) => (
        <Stat
          key={plan}
          label={PLAN_WORDS[plan].label}
          value={<Money value={amount} />}
          hint={`${organizations} ${organizations === 1 ? "organization" : "organizations"}`}
        />
      ))}
      <Stat label="Failed payments" value={<FormattedNumber value={revenue.failedPayments.length} />} />
    </StatRow>
  );
}
