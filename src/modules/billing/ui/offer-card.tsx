"use client";
import { useState } from "react";
import { PLAN_WORDS } from "~/kernel/plans";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { FormattedNumber } from "~/ui/number";
import { Skeleton } from "~/ui/skeleton";
import { toast } from "~/ui/toast";
import type { BillingOverview, Offer } from "../schema";
import { useCheckout } from "./use-checkout";

/** What was offered to this organization: its price, what is paid today, and the way to it. */
export function OfferCard({ overview, mayManage }: { overview: BillingOverview; mayManage: boolean }) {
  const { offer, subscription, payments } = overview;
  const [isAsked, setAsked] = useState(false);
  const { upgrade, isLeaving } = useCheckout();
  if (!offer) return null;
  const { label } = PLAN_WORDS[offer.plan];
  return (
    <Card aria-label="Your offer">
      <CardHeader
        title={
          <>
            Your offer: {label}, <FormattedNumber value={offer.monthlyAmount} currency={offer.currency} /> a
            month
          </>
        }
        description="Made for this organization, before tax."
      />
      <CardBody>
        <p className="text-base text-ink-soft">
          No limits on members, jobs, images, speech, rendering and storage. {PLAN_WORDS[offer.plan].support}.
        </p>
      </CardBody>
      {mayManage && payments !== "not_set_up" && (
        <CardFooter
          hint={
            subscription
              ? "The rest of this period is counted by the second."
              : "You pay on the page of Stripe."
          }
        >
          <Button
            variant="primary"
            disabled={payments !== "ready"}
            loading={isLeaving}
            onClick={() => (subscription ? setAsked(true) : upgrade(offer.plan))}
          >
            {subscription ? "See what you pay today" : "Accept and pay"}
          </Button>
        </CardFooter>
      )}
      {isAsked && <AcceptDialog offer={offer} onClose={() => setAsked(false)} />}
    </Card>
  );
}

function AcceptDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const [intentId] = useState(() => crypto.randomUUID());
  const [refused, setRefused] = useState<string | null>(null);
  const utils = api.useUtils();
  const accept = api.billing.changePlan.useMutation({
    onSuccess: async () => {
      await Promise.all([
        utils.billing.invalidate(),
        utils.entitlements.invalidate(),
        utils.metering.invalidate(),
      ]);
      toast.success(`${PLAN_WORDS[offer.plan].label} is yours from now on.`);
      onClose();
    },
    onError: (error) => setRefused(refusalOf(error).message),
  });
  const preview = api.billing.preview.useQuery(
    { plan: offer.plan },
    // What was agreed to is what is paid: it does not change under the eyes.
    {
      ...{ retry: false, gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false },
      // What is paid for cannot be asked about again.
      enabled: !accept.isPending && !accept.isSuccess,
    },
  );
  const { data, error } = preview;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Change to ${PLAN_WORDS[offer.plan].label}`}
        description={
          <>
            From the next period on it is{" "}
            <FormattedNumber value={offer.monthlyAmount} currency={offer.currency} /> a month, plus tax.
          </>
        }
        footer={
          <>
            <DialogClose>
              <Button>Not now</Button>
            </DialogClose>
            <Button
              variant="primary"
              disabled={!data}
              loading={accept.isPending}
              onClick={() => {
                setRefused(null);
                if (data) accept.mutate({ plan: offer.plan, intentId, countedAt: data.countedAt });
              }}
            >
              {data ? (
                <>
                  Pay <FormattedNumber value={data.amountDue} currency={data.currency} /> and change
                </>
              ) : (
                "Pay and change"
              )}
            </Button>
          </>
        }
      >
        {error ? (
          <p role="alert" className="text-base text-negative">
            {refusalOf(error).message}
          </p>
        ) : !data ? (
          <div role="status" className="flex flex-col gap-3">
            <span className="sr-only">Loading</span>
            <Skeleton className="h-5" />
            <Skeleton className="h-5" />
          </div>
        ) : (
          <div className="flex flex-col gap-3">
            <ul aria-label="What is paid today" className="flex flex-col divide-y divide-line">
              {data.lines.map((line, at) => (
                <li key={at} className="flex items-baseline justify-between gap-4 py-2 text-base">
                  <span className="min-w-0 break-words text-ink-soft">{line.description}</span>
                  <FormattedNumber value={line.amount} currency={data.currency} />
                </li>
              ))}
            </ul>
            <p className="flex items-baseline justify-between gap-4 border-t border-line pt-3 text-base">
              <span className="text-ink">Paid today</span>
              <strong className="font-semibold text-ink">
                <FormattedNumber value={data.amountDue} currency={data.currency} />
              </strong>
            </p>
          </div>
        )}
        {refused && (
          <p role="alert" className="mt-3 text-base text-negative">
            {refused}
          </p>
        )}
      </DialogContent>
    </Dialog>
  );
}
