/**
 * Circuit breakers around other parties: who does not answer is left alone for a while, so that their outage costs our
 * requests nothing but a plain refusal (ADR 0007). State is per process, and in the metrics.
 */
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  isIsolatedCircuitError,
  type CircuitBreakerPolicy,
} from "cockatiel";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";

export type BreakerState = "closed" | "half_open" | "open";

export type Breaker = {
  /** Runs the call. @throws what the call throws; `isCircuitOpen` tells when it was not made at all. */
  call<T>(operation: string, work: () => Promise<T>): Promise<T>;
  state(): BreakerState;
};

type Asked = {
  /** Bounded name; the label of its metrics. */
  party: string;
  /** Which errors mean that the party is down. A refusal is an answer. */
  isOutage: (error: unknown) => boolean;
  /** Outages in a row that open it. */
  failures?: number;
  /** Milliseconds before the first probe; doubled after each that fails, up to a minute. */
  firstWaitMs?: number;
};

const STATES: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.HalfOpen]: "half_open",
  [CircuitState.Open]: "open",
  [CircuitState.Isolated]: "open",
};
const GAUGE: Record<BreakerState, number> = { closed: 0, half_open: 1, open: 2 };

/** By the library's marks, not its classes: a breaker may have been made in another bundle of this process. */
export const isCircuitOpen = (error: unknown): boolean =>
  isBrokenCircuitError(error) || isIsolatedCircuitError(error);

export function createBreaker({ party, isOutage, failures = 5, firstWaitMs = 2_000 }: Asked): Breaker {
  const policy: CircuitBreakerPolicy = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: firstWaitMs, maxDelay: 60_000 }),
  });
  const told = metrics();
  const gauge = () => told.breakerState.set({ party }, GAUGE[STATES[policy.state]]);
  gauge();
  policy.onStateChange((state) => {
    gauge();
    logger()[state === CircuitState.Open ? "error" : "info"](
      { party, state: STATES[state] },
      "a circuit breaker changed its state",
    );
  });
  return {
    state: () => STATES[policy.state],
    async call(operation, work) {
      const startedAt = performance.now();
      const note = (outcome: "ok" | "refused" | "outage" | "not_made") => {
        told.outboundCalls.inc({ party, operation, outcome });
        if (outcome !== "not_made")
          told.outboundSeconds.observe({ party, operation }, (performance.now() - startedAt) / 1000);
      };
      try {
        const answer = await policy.execute(work);
        note("ok");
        return answer;
      } catch (error) {
        note(isCircuitOpen(error) ? "not_made" : isOutage(error) ? "outage" : "refused");
        throw error;
      }
    },
  };
}
