import { clock } from "~/kernel/clock";
import type { Meter } from "~/kernel/meters";
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { periodAnchor, usedInPeriod, writeUsage } from "./queries";
import { billingPeriod } from "./rules";
import { CountUsageInput, type Usage, type UsageReceipt } from "./schema";

/**
 * Counts one use in the caller's transaction, at most once per idempotency key, in the period of `occurredAt`.
 * No limit is checked here: what a plan allows stands in entitlements.
 */
export async function countUsage(scope: TenantScope, input: CountUsageInput): Promise<UsageReceipt> {
  const use = CountUsageInput.parse(input);
  const period = billingPeriod(await periodAnchor(scope), use.occurredAt);
  const used = await writeUsage(scope, use, period);
  if (used !== null) return { counted: true, used };
  return { counted: false, used: await usedInPeriod(scope, use.meter, period.start) };
}

/** What is counted of `meter` in the period that holds now, and when that period ends. */
export async function usageThisPeriod(scope: TenantReadScope, meter: Meter): Promise<Usage> {
  const period = billingPeriod(await periodAnchor(scope), clock.now());
  return { meter, used: await usedInPeriod(scope, meter, period.start), period };
}
