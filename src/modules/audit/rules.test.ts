import { describe, expect, it } from "vitest";
import { canonicalJson, deedOf, maskSecrets } from "./rules";

describe("masking", () => {
  it("replaces whatever is called like a secret, at any depth and inside lists", () => {
    const masked = maskSecrets({ name: "Ada", apiKey: "k", inner: [{ refresh_token: "t", role: "owner" }] });
    expect(masked).toEqual({
      name: "Ada",
      apiKey: "[masked]",
      inner: [{ refresh_token: "[masked]", role: "owner" }],
    });
  });
  it("leaves dates and plain values alone", () => {
    const at = new Date();
    expect(maskSecrets({ at, count: 1, none: null })).toEqual({ at, count: 1, none: null });
  });
});

describe("canonical JSON", () => {
  it("is the same text for the same values in another order", () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: [3] } })).toBe(canonicalJson({ a: { c: [3], d: 2 }, b: 1 }));
  });
  it("keeps the order of lists, which means something", () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });
});

describe("what was done", () => {
  const told = (action: string, before: Record<string, unknown>, after: Record<string, unknown>) =>
    deedOf({ action, target: { type: "user", label: "Ben" }, before, after });

  it("names plans, roles and features as the pages do", () => {
    expect(told("organization.plan_changed", { plan: "FREE" }, { plan: "PRO" })).toBe(
      "changed the plan from Free to Pro",
    );
    expect(told("member.role_changed", { role: "member" }, { role: "readonly" })).toBe(
      "changed the role of Ben from member to read-only",
    );
    expect(told("feature.override_changed", {}, { feature: "slack_integration" })).toBe(
      "changed the feature Slack",
    );
  });

  it("leaves a value alone that nobody named", () => {
    expect(told("organization.plan_changed", { plan: "GOLD" }, { plan: "constructor" })).toBe(
      "changed the plan from GOLD to constructor",
    );
  });
});
