"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useMay } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { ErrorState } from "~/ui/error-state";
import { Button } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { BillingSkeleton } from "./billing-skeleton";
import { InvoicesCard } from "./invoices-card";
import { OfferCard } from "./offer-card";
import { OverageCard } from "./overage-card";
import { PlanCard } from "./plan-card";
import { TaxIdCard } from "./tax-id-card";

/** What the organization pays, and for what. */
export function BillingPage() {
  const { data, error, refetch } = api.billing.overview.useQuery();
  const mayManage = useMay("billing.manage");
  return (
    <>
      <PageHeader title="Billing" description="What this organization pays, and for what." />
      {error && !data ? (
        <ErrorState
          title="Billing could not be read"
          next={refusalOf(error).message}
          correlationId={refusalOf(error).correlationId ?? undefined}
          actions={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      ) : !data ? (
        <BillingSkeleton />
      ) : (
        <div className="flex max-w-3xl flex-col gap-6">
          <CheckoutReturn isPaid={data.subscription !== null} />
          {data.payments === "delayed" && (
            <Banner tone="caution" title="Payments are delayed.">
              Our payment provider does not answer. Nothing is lost: what you see is what it last said, and
              changes can be made again in a few minutes.
            </Banner>
          )}
          {data.payments === "not_set_up" && (
            <Banner tone="info" title="Payments are not set up here.">
              Whoever runs this platform gives plans by hand. Write to them to change yours.
            </Banner>
          )}
          <OfferCard overview={data} mayManage={mayManage} />
          <PlanCard overview={data} mayManage={mayManage} />
          <OverageCard overview={data} mayManage={mayManage} />
          <InvoicesCard />
          {data.payments !== "not_set_up" && (
            <TaxIdCard key={data.taxId?.value ?? ""} taxId={data.taxId} mayManage={mayManage} />
          )}
        </div>
      )}
    </>
  );
}

/** Milliseconds between two looks while the payment is on its way to us. */
const LOOK_AGAIN_MS = 1_500;

/** Back from Stripe: what was paid is read at once, without waiting for the event that tells of it. */
function CheckoutReturn({ isPaid }: { isPaid: boolean }) {
  const outcome = useSearchParams().get("checkout");
  const router = useRouter();
  const utils = api.useUtils();
  const underWay = useRef(false);
  const { mutate, failureCount } = api.billing.refresh.useMutation({
    onSettled: async () => {
      underWay.current = false;
      await Promise.all([
        utils.billing.invalidate(),
        utils.entitlements.invalidate(),
        utils.metering.invalidate(),
      ]);
      router.refresh();
    },
  });
  const asked = useRef(0);
  const isWaiting = outcome === "done" && !isPaid;
  useEffect(() => {
    if (outcome !== "done" || (isPaid && asked.current > 0)) return;
    const look = () => {
      // One at a time: where Stripe is slow, asking more makes it slower.
      if (underWay.current) return;
      underWay.current = true;
      asked.current++;
      mutate();
    };
    if (asked.current === 0) look();
    const timer = setInterval(() => {
      if (asked.current < 20) look();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [outcome, isPaid, mutate]);
  if (outcome === "left")
    return (
      <Banner tone="info" title="Nothing was charged.">
        You left before paying. The plan is what it was.
      </Banner>
    );
  if (outcome !== "done") return null;
  return isWaiting ? (
    <Banner tone="info" title="Your payment is on its way to us.">
      {failureCount > 0
        ? "It takes longer than usual. You can leave this page; the plan changes by itself."
        : "This takes a few seconds."}
    </Banner>
  ) : (
    <Banner tone="positive" title="Thank you. The plan is yours.">
      Everything it includes works from now on, for all members.
    </Banner>
  );
}
