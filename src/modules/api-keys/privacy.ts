import { definePrivacy, ORGS } from "~/kernel/privacy";

export const apiKeysPrivacy = definePrivacy("api-keys", {
  api_key: {
    columns: {
      name: "what its maker called it",
      created_by_id: "the member who made it",
      created_by_name: "a copy of their name",
      revoked_by_id: "the member who revoked it",
      last_used_address: "address of the program that used it last",
    },
    who: "created_by_id, revoked_by_id",
    person: {
      erase: [
        {
          where: "t.created_by_id = :id",
          then: {
            set: {
              name: "'Key of a deleted person'",
              created_by_name: "NULL",
              last_used_address: "NULL",
              revoked_at: "coalesce(t.revoked_at, now())",
            },
          },
        },
      ],
      export: "t.created_by_id = :id",
      ids: {
        created_by_id: "who made a key of the organization",
        revoked_by_id: "who revoked a key of the organization",
      },
    },
    org: ORGS,
    secret: ["secret_hash"],
  },
});
