/** Entitlements' contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { ENTITLEMENTS, Plan, type Entitlement } from "~/kernel/plans";

export const PlanSource = z.enum(["none", "stripe", "staff"]);
export type PlanSource = z.infer<typeof PlanSource>;

/** Decimal US dollars as a string, at most three decimals. */
export const Dollars = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, { error: "Give an amount in dollars, such as 50 or 49.90." });

export const SetOverageInput = z.discriminatedUnion("enabled", [
  z.object({ enabled: z.literal(false) }),
  z.object({ enabled: z.literal(true), cap: Dollars }),
]);
export type SetOverageInput = z.infer<typeof SetOverageInput>;

/** Pages' view of what an organization is on. Limits by name; -1 is unlimited. */
export const TermsView = z.object({
  /** In force now, trial included. */
  plan: Plan,
  /** What it is without the trial. */
  basePlan: Plan,
  source: PlanSource,
  trialEndsAt: z.date().nullable(),
  period: z.object({ start: z.date(), end: z.date() }),
  overage: z.object({ isAllowed: z.boolean(), isEnabled: z.boolean(), cap: z.string().nullable() }),
  /** The plan above, and what it would allow. */
  next: z
    .object({
      plan: Plan,
      limits: z.record(z.enum(ENTITLEMENTS as [Entitlement, ...Entitlement[]]), z.number().int()),
    })
    .nullable(),
  limits: z.record(z.enum(ENTITLEMENTS as [Entitlement, ...Entitlement[]]), z.number().int()),
});
export type TermsView = z.infer<typeof TermsView>;

export const PlanTable = z.record(
  Plan,
  z.record(z.enum(ENTITLEMENTS as [Entitlement, ...Entitlement[]]), z.number().int()),
);
export type PlanTable = z.infer<typeof PlanTable>;

/** The change of a plan, as billing or staff say it. */
export type PlanChange = {
  plan: Plan;
  source: PlanSource;
  /** Periods are counted from here; left out, the anchor stays. Null goes back to the organization's creation. */
  periodAnchor?: Date | null;
};
