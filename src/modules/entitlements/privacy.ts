import { definePrivacy } from "~/kernel/privacy";

export const entitlementsPrivacy = definePrivacy("entitlements", {
  entitlement_override: {
    columns: {
      created_by_id: "the member of staff who gave it",
      ended_by_id: "the member of staff who took it back",
      reason: "why, in the words of staff",
    },
    person: "created_by_id, ended_by_id",
    onErase: "keep the ids; they lead to nobody once the account is erased",
    notExported: "it belongs to the organization, and is part of its export",
  },
});
