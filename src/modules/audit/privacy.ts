import { definePrivacy, OF_ORG, type Kept } from "~/kernel/privacy";

const chain: Kept = {
  kept: "links of a sealed chain that hold ids only: without them nobody could tell that the log is whole",
  until: "as_long_as_the_log",
};
const checked = { not: "says how far the log was verified" };

export const auditPrivacy = definePrivacy("audit", {
  audit_detail: {
    columns: { detail: "values before and after, client address" },
    who: "actor_id, and whoever its entry's target is",
    person: {
      // What they did and what was done to them goes by `eraseDetailOf`, which says so in the log; here is what names them besides.
      erase: [
        {
          where: "t.actor_id = :id OR position(:email IN lower(t.detail::text)) > 0",
          then: "delete",
          everyRow: true,
        },
      ],
      export: "t.actor_id = :id",
      ids: { actor_id: "who acted", detail: "ids of what was done to whom" },
    },
    org: { erase: [{ where: OF_ORG, then: "delete" }], export: OF_ORG },
    secret: ["salt"],
  },
  audit_refusal: {
    columns: { address: "client address of the first refusal of a minute", actor_id: "who was refused" },
    who: "actor_id",
    person: {
      erase: [{ where: "t.actor_id = :id", then: "delete" }],
      export: { not: "counters of the minute under way; they become entries of the log" },
    },
    org: { erase: [{ where: OF_ORG, then: "delete" }], export: { not: "counters of a minute" } },
  },
  audit_entry: {
    columns: { actor_id: "who acted" },
    who: "actor_id",
    person: {
      erase: [],
      export: "t.actor_id = :id OR t.target_id = (:id)::text",
      ids: { actor_id: "who acted", target_id: "whom it was done to" },
    },
    org: { erase: chain, export: OF_ORG },
  },
  audit_seal: {
    columns: {},
    who: "nobody",
    person: { erase: [], export: { not: "links of a chain" } },
    org: { erase: chain, export: OF_ORG },
  },
  audit_unsealed: {
    columns: {},
    who: "nobody",
    person: { erase: [], export: { not: "a queue of seconds" } },
    org: { erase: chain, export: { not: "a queue of seconds" } },
  },
  audit_check: {
    columns: {},
    who: "nobody",
    person: { erase: [], export: checked },
    org: { erase: chain, export: checked },
  },
  audit_key_use: {
    columns: {},
    who: "nobody",
    person: { erase: [], export: { not: "digests of a day" } },
    org: { erase: [{ where: OF_ORG, then: "delete" }], export: { not: "digests of a day" } },
  },
});
