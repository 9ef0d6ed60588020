import { describe, expect, it } from "vitest";
import { FEATURE_NAMES, FEATURES } from "~/kernel/features";
import { PLAN_FEATURES } from "~/kernel/plans";
import { explain, opinionOf, resolve, RULES, type Known, type Override } from "./rules";

const now = new Date("2026-11-21T12:00:00Z");
const later = new Date(now.getTime() + 1);

const override = (enabled: boolean, expiresAt: Date | null): Override => ({
  enabled,
  reason: "test",
  authorId: null,
  createdAt: now,
  expiresAt,
});

/** Every combination there is of what the rules can know. */
const ALL: Known[] = [true, false].flatMap((isKilled) =>
  [null, ...[true, false].flatMap((on) => [null, later, now].map((end) => override(on, end)))].flatMap(
    (set) =>
      [true, false, null].flatMap((planHas) =>
        [true, false].flatMap((isPlanEnforced) =>
          [true, false].map((byDefault) => ({ isKilled, override: set, planHas, isPlanEnforced, byDefault })),
        ),
      ),
  ),
);

/** The order of spec §6, said a second time and in another way. */
function expected({ isKilled, override: set, planHas, isPlanEnforced, byDefault }: Known) {
  const isSet = set !== null && (set.expiresAt === null || set.expiresAt.getTime() > now.getTime());
  if (isKilled) return { isOn: false, by: "kill_switch" };
  if (isSet) return { isOn: set.enabled, by: "override" };
  if (planHas === true) return { isOn: true, by: "plan" };
  if (planHas === false && isPlanEnforced) return { isOn: false, by: "plan" };
  return { isOn: byDefault, by: "default" };
}

describe("a feature", () => {
  it("is decided by kill switch, override, plan, default, in all 168 combinations", () => {
    expect(ALL).toHaveLength(2 * 7 * 3 * 2 * 2);
    for (const known of ALL) expect([known, resolve(known, now)]).toEqual([known, expected(known)]);
  });

  it("is decided by exactly one rule, and by none that stands behind it", () => {
    for (const known of ALL) {
      const rules = explain(known, now);
      expect(rules.map(({ rule }) => rule)).toEqual([...RULES]);
      const decided = rules.findIndex(({ decides }) => decides);
      expect(rules.filter(({ decides }) => decides)).toHaveLength(1);
      expect(rules.slice(0, decided).every(({ says }) => says === null)).toBe(true);
      expect(rules[decided]!.says).toBe(resolve(known, now).isOn ? "on" : "off");
    }
  });

  it("that was set until an instant is no more so at that instant", () => {
    const known: Known = {
      isKilled: false,
      override: override(true, later),
      planHas: false,
      isPlanEnforced: true,
      byDefault: true,
    };
    expect(opinionOf("override", known, now)).toBe(true);
    expect(opinionOf("override", known, later)).toBeNull();
    expect(resolve(known, later)).toEqual({ isOn: false, by: "plan" });
  });
});

describe("the list of features", () => {
  it("is that of the product, each with words, and a kill switch and a queue of its own", () => {
    expect(FEATURE_NAMES).toHaveLength(12);
    const switches = FEATURE_NAMES.map((feature) => FEATURES[feature].killSwitch);
    expect(new Set(switches).size).toBe(12);
    expect(FEATURES.browser_automation.killSwitch).toBe("FF_BROWSER_WORKER_ENABLED");
    expect(FEATURES.agents.killSwitch).toBe("FF_AGENTS_ENABLED");
    for (const feature of FEATURE_NAMES) {
      const { label, help, plan } = FEATURES[feature];
      expect([feature, label.length > 0, help.endsWith(".")]).toEqual([feature, true, true]);
      expect(plan === null || PLAN_FEATURES.includes(plan)).toBe(true);
    }
  });
});
