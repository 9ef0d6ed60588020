/** Rows of the mirror in the words of the slice. */
import type { Plan } from "~/kernel/plans";
import type { SubscriptionState, SubscriptionStatus } from "../schema";

type SubscriptionRow = {
  id: string;
  stripeSubscriptionId: string;
  status: string;
  plan: string;
  currency: string;
  monthlyAmount: { toFixed(): string };
  netAmount: { toFixed(): string };
  priceId: string;
  heldPlan: string | null;
  heldUntil: Date | null;
  periodStart: Date;
  periodEnd: Date;
  cancelAtPeriodEnd: boolean;
  cancelAt: Date | null;
  trialEnd: Date | null;
  pastDueSince: Date | null;
  startedAt: Date;
  endedAt: Date | null;
};
export type MirroredSubscription = SubscriptionState & { id: string; pastDueSince: Date | null };

export const subscriptionOfRow = ({
  stripeSubscriptionId,
  monthlyAmount,
  netAmount,
  heldPlan,
  status,
  plan,
  ...row
}: SubscriptionRow): MirroredSubscription => ({
  ...row,
  stripeId: stripeSubscriptionId,
  monthlyAmount: monthlyAmount.toFixed(),
  netAmount: netAmount.toFixed(),
  heldPlan: heldPlan as Plan | null,
  status: status as SubscriptionStatus,
  plan: plan as Plan,
});
