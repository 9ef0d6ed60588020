import { definePrivacy } from "~/kernel/privacy";

export const auditPrivacy = definePrivacy("audit", {
  audit_detail: {
    columns: { detail: "values before and after, client address" },
    person: "actor_id",
    onErase: "delete the row: entry and hash stay and still verify",
  },
  audit_entry: {
    columns: { actor_id: "who acted" },
    person: "actor_id",
    onErase: "keep: an id without a person behind it",
  },
});
