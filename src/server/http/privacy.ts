import { definePrivacy } from "~/kernel/privacy";

/** What the platform keeps itself, beside the slices. */
export const platformPrivacy = definePrivacy("platform", {
  rate_limit: {
    columns: { key: "client address or digest that tries are counted by" },
    person: "the client's address",
    onErase: "nothing to do: a sweep removes it within 10 minutes after its window",
    notExported: "counters of a few minutes",
  },
});
