import { describe, expect, it, vi } from "vitest";
import { metrics } from "~/server/observability/metrics";
import { createBreaker, isCircuitOpen } from "./breaker";

class Down extends Error {}
const down = () => Promise.reject(new Down("no answer"));
const refuse = () => Promise.reject(new Error("refused"));
const breaker = (party: string) =>
  createBreaker({ party, isOutage: (error) => error instanceof Down, failures: 3, firstWaitMs: 1_000 });
const gaugeOf = async (party: string) =>
  (await metrics().breakerState.get()).values.find(({ labels }) => labels.party === party)?.value;

describe("a circuit breaker", () => {
  it("opens after failures in a row, and then makes no call at all", async () => {
    const one = breaker("party_a");
    for (let at = 0; at < 3; at++) await expect(one.call("read", down)).rejects.toBeInstanceOf(Down);
    const made = vi.fn(() => Promise.resolve(1));
    const error = await one.call("read", made).catch((thrown: unknown) => thrown);
    expect(isCircuitOpen(error)).toBe(true);
    expect(made).not.toHaveBeenCalled();
    expect([one.state(), await gaugeOf("party_a")]).toEqual(["open", 2]);
  });

  it("takes a refusal for an answer, however often", async () => {
    const one = breaker("party_b");
    for (let at = 0; at < 10; at++) await expect(one.call("read", refuse)).rejects.toThrow("refused");
    expect([one.state(), await gaugeOf("party_b")]).toEqual(["closed", 0]);
  });

  it("begins counting anew after an answer, so that single outages never add up", async () => {
    const one = breaker("party_c");
    for (let at = 0; at < 6; at++) {
      await one.call("read", down).catch(() => {});
      await one.call("read", down).catch(() => {});
      await one.call("read", () => Promise.resolve(1));
    }
    expect(one.state()).toBe("closed");
  });

  it("lets one call probe after a while, and closes when it is answered", async () => {
    vi.useFakeTimers();
    try {
      const one = breaker("party_d");
      for (let at = 0; at < 3; at++) await one.call("read", down).catch(() => {});
      vi.advanceTimersByTime(5_000);
      await expect(one.call("read", () => Promise.resolve("back"))).resolves.toBe("back");
      expect([one.state(), await gaugeOf("party_d")]).toEqual(["closed", 0]);
    } finally {
      vi.useRealTimers();
    }
  });
});
