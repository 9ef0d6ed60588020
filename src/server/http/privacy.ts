import { definePrivacy } from "~/kernel/privacy";

/** What the platform keeps itself, beside the slices. */
export const platformPrivacy = definePrivacy("platform", {
  rate_limit: {
    columns: { key: "client address or digest that tries are counted by" },
    person: "the client's address",
    onErase: "keep: the window is over within the hour, and the row is overwritten or cleared then",
    notExported: "counters of a few minutes",
  },
});
