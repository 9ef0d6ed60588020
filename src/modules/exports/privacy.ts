import { definePrivacy, ORGS } from "~/kernel/privacy";

export const exportsPrivacy = definePrivacy("exports", {
  export: {
    columns: {
      created_by_id: "who exported",
      asked: "search words may hold a name; emptied with the file",
      cursor: "may hold a name while the file is written",
    },
    who: "created_by_id",
    person: {
      erase: [{ where: "t.created_by_id = :id", then: { set: { asked: "'{}'", cursor: "NULL" } } }],
      export: { not: "the file holds the organization's records, and goes after 7 days" },
      ids: { created_by_id: "who exported for the organization" },
    },
    org: ORGS,
  },
});
