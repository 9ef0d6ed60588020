"use client";
import { useState } from "react";
import { PLAN_PRICES, PLAN_WORDS, type Plan } from "~/kernel/plans";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { Skeleton } from "~/ui/skeleton";
import { toast } from "~/ui/toast";
import type { BillingOverview } from "../schema";
import { useCheckout } from "./use-checkout";
import { SUBSCRIPTION_WORDS } from "./words";

type Props = { overview: BillingOverview; mayManage: boolean };

/** The plan, what it costs, how it is paid, and the way to another one. */
export function PlanCard({ overview, mayManage }: Props) {
  const { plan, source, subscription, trialEndsAt, payments, card, creditAmount } = overview;
  const { timeZone } = useTenancy().currentOrganization;
  const { upgrade, openPortal, isLeaving } = useCheckout();
  const isTrial = trialEndsAt !== null && !subscription;
  const status = subscription ? SUBSCRIPTION_WORDS[subscription.status] : null;
  const items = [
    {
      term: "Price",
      value: subscription?.held ? (
        "Paid until the period ends"
      ) : subscription ? (
        <>
          <FormattedNumber value={subscription.monthlyAmount} currency={subscription.currency} /> a month,
          plus tax
        </>
      ) : source === "staff" ? (
        "By agreement"
      ) : isTrial ? (
        "Nothing during the trial"
      ) : (
        "Nothing"
      ),
    },
    ...(isTrial
      ? [
          {
            term: "Trial",
            value: (
              <>
                Ends <RelativeTime at={trialEndsAt} timeZone={timeZone} />. Without a card it becomes Free,
                and your data stays.
              </>
            ),
          },
        ]
      : []),
    ...(subscription?.held
      ? [
          {
            term: "Then",
            value: (
              <>
                {PLAN_WORDS[subscription.plan].label},{" "}
                <FormattedNumber value={subscription.monthlyAmount} currency={subscription.currency} /> a
                month. {PLAN_WORDS[subscription.held.plan].label} is paid for and goes on until{" "}
                <RelativeTime at={subscription.held.until} timeZone={timeZone} />.
              </>
            ),
          },
        ]
      : []),
    ...(subscription
      ? [
          {
            term: subscription.cancelAtPeriodEnd ? "Ends" : subscription.trialEnd ? "First charge" : "Renews",
            value: <RelativeTime at={subscription.trialEnd ?? subscription.period.end} timeZone={timeZone} />,
          },
          { term: "Next invoice", value: <NextInvoice isAsked={payments === "ready"} /> },
          {
            term: "Paid by",
            value: card ? (
              <span>
                <span className="capitalize">{card.brand}</span> ending in{" "}
                <span className="font-mono">{card.last4}</span>, good until{" "}
                <span className="font-mono">
                  {String(card.expMonth).padStart(2, "0")}/{card.expYear}
                </span>
              </span>
            ) : (
              "No card"
            ),
          },
        ]
      : []),
    ...(Number(creditAmount) > 0
      ? [
          {
            term: "Credit",
            value: (
              <>
                <FormattedNumber value={creditAmount} currency={subscription?.currency ?? "USD"} />, taken off
                the next invoice
              </>
            ),
          },
        ]
      : []),
  ];
  const isReady = payments === "ready";
  return (
    <Card aria-label="Plan">
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {PLAN_WORDS[plan].label}
            {isTrial && <Badge tone="info">Trial</Badge>}
            {status && (
              <Badge tone={subscription?.cancelAtPeriodEnd ? "caution" : status.tone}>
                {subscription?.cancelAtPeriodEnd ? "Ends with the period" : status.label}
              </Badge>
            )}
          </span>
        }
        description={PLAN_WORDS[plan].for}
        actions={
          <Link href="/pricing" look="quiet">
            Compare plans
          </Link>
        }
      />
      <CardBody className="py-1.5">
        <DescriptionList items={items} />
      </CardBody>
      {mayManage && payments !== "not_set_up" && source !== "staff" && (
        <CardFooter
          hint={
            subscription
              ? "Cards, addresses and receipts are kept by Stripe."
              : `Pro is $${Number(PLAN_PRICES.PRO)} a month for the whole organization.`
          }
        >
          {subscription ? (
            <>
              {subscription.held ? (
                <StayButton plan={subscription.held.plan} disabled={!isReady} />
              ) : (
                subscription.plan === "ENTERPRISE" &&
                !subscription.cancelAtPeriodEnd && (
                  <StepDownButton endsAt={subscription.period.end} disabled={!isReady} timeZone={timeZone} />
                )
              )}
              {subscription.cancelAtPeriodEnd ? (
                <ResumeButton disabled={!isReady} />
              ) : (
                <CancelButton
                  plan={plan}
                  endsAt={subscription.period.end}
                  disabled={!isReady}
                  timeZone={timeZone}
                />
              )}
              <Button variant="primary" loading={isLeaving} disabled={!isReady} onClick={openPortal}>
                Manage payment
              </Button>
            </>
          ) : (
            <Button variant="primary" loading={isLeaving} disabled={!isReady} onClick={() => upgrade()}>
              {isTrial ? "Keep Pro" : "Upgrade to Pro"}
            </Button>
          )}
        </CardFooter>
      )}
    </Card>
  );
}

function NextInvoice({ isAsked }: { isAsked: boolean }) {
  const { timeZone } = useTenancy().currentOrganization;
  const { data, isPending, error } = api.billing.preview.useQuery({}, { enabled: isAsked, retry: false });
  if (!isAsked || error) return "Cannot be told right now";
  if (isPending) return <Skeleton className="h-5 w-40" />;
  if (!data) return "None";
  return (
    <details>
      <summary className="cursor-pointer">
        <FormattedNumber value={data.amountDue} currency={data.currency} />,{" "}
        <RelativeTime at={data.at} timeZone={timeZone} />
      </summary>
      <ul className="mt-2 flex flex-col gap-1 text-sm text-ink-soft">
        {data.lines.map((line, at) => (
          <li key={at} className="flex justify-between gap-4">
            <span>{line.description}</span>
            <FormattedNumber value={line.amount} currency={data.currency} />
          </li>
        ))}
      </ul>
    </details>
  );
}

type EndProps = { endsAt: Date; disabled: boolean; timeZone: string };

/** From Enterprise to Pro, with the next period. */
function StepDownButton({ endsAt, disabled, timeZone }: EndProps) {
  const utils = api.useUtils();
  const change = api.billing.changePlan.useMutation({
    onSuccess: async () => {
      await utils.billing.invalidate();
      toast.success("Pro begins with the next period. Until then everything works on.");
    },
  });
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <ConfirmDialog
      trigger={<Button disabled={disabled}>Change to Pro</Button>}
      title="Change to Pro"
      description={
        <>
          Enterprise is paid for and goes on until the period ends{" "}
          <RelativeTime at={endsAt} timeZone={timeZone} />; then it is Pro, ${Number(PLAN_PRICES.PRO)} a
          month. Nothing is charged or credited today, and until then you can change your mind.
        </>
      }
      confirmLabel="Change to Pro"
      cancelLabel="Stay on Enterprise"
      error={refused}
      onConfirm={() =>
        change.mutateAsync({ plan: "PRO", intentId: crypto.randomUUID() }).catch((error: unknown) => {
          setRefused(refusalOf(error).message);
          throw error;
        })
      }
    />
  );
}

function StayButton({ plan, disabled }: { plan: Plan; disabled: boolean }) {
  const utils = api.useUtils();
  const stay = api.billing.changePlan.useMutation({
    onSuccess: async () => {
      await utils.billing.invalidate();
      toast.success(`${PLAN_WORDS[plan].label} goes on.`);
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return (
    <Button
      disabled={disabled}
      loading={stay.isPending}
      onClick={() => stay.mutate({ plan, intentId: crypto.randomUUID() })}
    >
      Stay on {PLAN_WORDS[plan].label}
    </Button>
  );
}

function CancelButton({ plan, endsAt, disabled, timeZone }: EndProps & { plan: Plan }) {
  const utils = api.useUtils();
  const cancel = api.billing.cancel.useMutation({
    onSuccess: async () => {
      await utils.billing.invalidate();
      toast.success("The subscription ends with the period. Until then everything works on.");
    },
  });
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <ConfirmDialog
      trigger={<Button disabled={disabled}>Cancel plan</Button>}
      title="Cancel the plan"
      description={
        <>
          {PLAN_WORDS[plan].label} goes on until it ends <RelativeTime at={endsAt} timeZone={timeZone} />,
          then the organization is on Free. Nothing is deleted, and until then you can change your mind.
        </>
      }
      confirmLabel="Cancel plan"
      cancelLabel="Keep plan"
      error={refused}
      onConfirm={() =>
        cancel.mutateAsync({ intentId: crypto.randomUUID() }).catch((error: unknown) => {
          setRefused(refusalOf(error).message);
          throw error;
        })
      }
    />
  );
}

function ResumeButton({ disabled }: { disabled: boolean }) {
  const utils = api.useUtils();
  const resume = api.billing.resume.useMutation({
    onSuccess: async () => {
      await utils.billing.invalidate();
      toast.success("The plan goes on.");
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return (
    <Button
      disabled={disabled}
      loading={resume.isPending}
      onClick={() => resume.mutate({ intentId: crypto.randomUUID() })}
    >
      Keep plan
    </Button>
  );
}
