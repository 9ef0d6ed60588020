import { definePrivacy, NOT_ORGS } from "~/kernel/privacy";

/** What the platform keeps itself, beside the slices. */
export const platformPrivacy = definePrivacy("platform", {
  rate_limit: {
    columns: { key: "client address or digest that tries are counted by" },
    who: "the client's address",
    person: {
      erase: [{ where: "position((:id)::text IN t.key) > 0", then: "delete" }],
      export: { not: "counters of a few minutes" },
    },
    org: NOT_ORGS,
  },
});
