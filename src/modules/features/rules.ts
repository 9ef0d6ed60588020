/** Whether a feature is on, and why: the first rule that says something decides (spec §6). */
import type { Feature } from "~/kernel/features";

/** The order in which rules are asked. */
export const RULES = ["kill_switch", "override", "plan", "default"] as const;
export type Rule = (typeof RULES)[number];

export type Override = {
  enabled: boolean;
  reason: string;
  authorId: string | null;
  createdAt: Date;
  /** Exclusive: at that instant it says nothing any more. */
  expiresAt: Date | null;
};

/** What each rule knows of one feature in one organization. */
export type Known = {
  isKilled: boolean;
  override: Override | null;
  /** Whether the plan has it; null where no plan decides. */
  planHas: boolean | null;
  /** A plan that lacks it takes it away; one that is not enforced says nothing then. */
  isPlanEnforced: boolean;
  byDefault: boolean;
};

export const isInForce = ({ expiresAt }: Pick<Override, "expiresAt">, now: Date): boolean =>
  expiresAt === null || now < expiresAt;

/** What one rule says: on, off, or nothing. */
export function opinionOf(rule: Rule, known: Known, now: Date): boolean | null {
  switch (rule) {
    case "kill_switch":
      return known.isKilled ? false : null;
    case "override":
      return known.override && isInForce(known.override, now) ? known.override.enabled : null;
    case "plan":
      return known.planHas === false && !known.isPlanEnforced ? null : known.planHas;
    case "default":
      return known.byDefault;
  }
}

export type Resolved = { isOn: boolean; by: Rule };

export function resolve(known: Known, now: Date): Resolved {
  for (const by of RULES) {
    const isOn = opinionOf(by, known, now);
    if (isOn !== null) return { isOn, by };
  }
  throw new Error("the default says something always");
}

/** Each rule in its order, with what it says and whether it decided. */
export const explain = (known: Known, now: Date) => {
  const { by } = resolve(known, now);
  return RULES.map((rule) => {
    const says = opinionOf(rule, known, now);
    return {
      rule,
      says: says === null ? null : says ? ("on" as const) : ("off" as const),
      decides: rule === by,
    };
  });
};

export const overridesOf = (open: readonly (Override & { feature: Feature })[], feature: Feature) =>
  open.find((one) => one.feature === feature) ?? null;
