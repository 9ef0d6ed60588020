/** Features below `/api/v1`: what is on, and which rule decided. */
import type { RestRoute } from "~/server/rest/route";

export const FEATURE_ROUTES = {
  explain: {
    method: "GET",
    path: "/features",
    tag: "Features",
    summary: "List features",
    description:
      "Every feature there is, whether it is on, and why. Asked in this order: kill switch, override, plan, default; the first rule with an opinion decides.",
    answer: "FeatureStates",
    fields: {
      plan: "The plan of the organization.",
      "features.is_on": "Whether it is on now.",
      "features.by": "The rule that decided.",
      "features.rules": "All rules in their order; `says` is null for one without an opinion.",
      "features.override": "What was set for this organization alone; null for nothing.",
      "features.plan": "The lowest plan that has it, where the plan is why it is off; null otherwise.",
      "features.history": "Overrides that have ended, the newest first.",
    },
  },
} satisfies Record<string, RestRoute>;
