import { definePrivacy, emptied, noPerson, ORGS, orgsUnexported, PLAIN } from "~/kernel/privacy";

const says = (column: string) => `position(:email IN lower(t.${column})) > 0`;
const copy = "a copy of records that are exported by their own slices, kept for 30 days";

export const webhooksPrivacy = definePrivacy("webhooks", {
  webhook_endpoint: {
    columns: {
      url: "where the organization has events sent; may name a person",
      description: "free words of the organization",
      created_by_id: "who set it up",
    },
    who: "created_by_id",
    person: noPerson({ created_by_id: "who set up a webhook of the organization" }),
    org: ORGS,
    others: "Addresses that an organization has events sent to, and what it calls them.",
  },
  webhook_secret: { ...PLAIN, org: orgsUnexported("secrets") },
  webhook_event: {
    columns: {
      actor_id: "who acted",
      body: "the record as it was sent: may hold names, addresses and phone numbers",
    },
    who: "actor_id; what a body holds is found by target_id",
    person: {
      erase: [
        {
          ...emptied(`t.target_id = (:id)::text OR t.actor_id = :id OR ${says("body")}`, "body"),
          everyRow: true,
        },
      ],
      export: { not: copy },
      ids: {
        actor_id: "who acted; gone after 30 days",
        target_id: "whom it was done to; gone after 30 days",
      },
    },
    org: orgsUnexported(copy),
  },
  webhook_delivery: PLAIN,
  webhook_attempt: {
    columns: { answer: "what the receiver answered; may repeat what it was sent" },
    who: "found by its delivery's event",
    person: {
      erase: [{ ...emptied(says("answer"), "answer"), everyRow: true }],
      export: { not: "another party's words, kept for 30 days" },
    },
    org: orgsUnexported("another party's words, kept for 30 days"),
  },
});
