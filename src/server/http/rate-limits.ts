/**
 * How much anybody may ask (spec §7): 60 a minute for an address nobody is known at; for a person or a key by the plan of
 * the organization, 10 a second at least, counted in windows of 3 s so that 30 may come at once.
 */
import { DomainError } from "~/kernel/errors";
import { env } from "~/server/config/env";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { Leases } from "./leases";
import { limiterFor } from "./limit-store";

/** Requests a second where no organization says more. */
export const LEAST_PER_SECOND = 10;
const WINDOW_S = 3;
const ANONYMOUS_WINDOW_S = 60;

/** Who is counted: `key` names them among all of their kind. */
export type Counted =
  { kind: "anonymous"; key: string } | { kind: "user" | "key"; key: string; perSecond: number };

/** What the headers say. Seconds are whole, rounded up. */
export type RateState = { limit: number; windowS: number; remaining: number; resetS: number };

const held = globalThis as typeof globalThis & { __tenantryRates?: Map<string, Leases> };

function leasesFor(kind: Counted["kind"], points: number, windowS: number): Leases {
  const all = (held.__tenantryRates ??= new Map());
  const name = `rate-${kind}-${points}`;
  const known = all.get(name);
  if (known) return known;
  const made = new Leases(
    limiterFor({ keyPrefix: name, points, duration: windowS }),
    points,
    windowS * 1_000,
    (error) => {
      metrics().rateStoreFailures.inc();
      logger().warn({ err: error, limit: name }, "the store of limits did not answer; requests pass");
    },
  );
  all.set(name, made);
  return made;
}

/** Points and seconds of a window. */
function policyOf(who: Counted): { points: number; windowS: number } {
  if (who.kind === "anonymous")
    return { points: env().ANONYMOUS_REQUESTS_PER_MINUTE, windowS: ANONYMOUS_WINDOW_S };
  const perSecond = Math.max(who.perSecond, LEAST_PER_SECOND, env().REQUESTS_PER_SECOND_AT_LEAST);
  return { points: perSecond * WINDOW_S, windowS: WINDOW_S };
}

/** Counts `calls` of somebody; refused when `refusal` is there. A store that does not answer refuses nobody. */
export async function countCalls(
  who: Counted,
  calls = 1,
): Promise<{ state: RateState; refusal: DomainError | null }> {
  const { points, windowS } = policyOf(who);
  const window = await leasesFor(who.kind, points, windowS).take(who.key, calls);
  const resetS = Math.max(1, Math.ceil(window.resetMs / 1_000));
  const state = { limit: points, windowS, remaining: window.remaining, resetS };
  if (window.isAllowed) return { state, refusal: null };
  metrics().rateRefusals.inc({ kind: who.kind });
  return { state, refusal: tooMany(resetS) };
}

const tooMany = (retryAfterSeconds: number) =>
  new DomainError(
    "too_many_requests",
    "kernel.too_many_requests",
    `Too many requests. Wait ${retryAfterSeconds === 1 ? "a second" : `${retryAfterSeconds} seconds`} and go on slower.`,
    { retryAfterSeconds },
  );

/** What an answer says of the limit (draft-ietf-httpapi-ratelimit-headers, in the widely read form of three). */
export function rateHeaders({ limit, windowS, remaining, resetS }: RateState): Record<string, string> {
  return {
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(resetS),
    "ratelimit-policy": `${limit};w=${windowS}`,
  };
}

/** For tests, and settings that changed: forgets what was leased. */
export const forgetLeases = (): void => {
  held.__tenantryRates = undefined;
};
