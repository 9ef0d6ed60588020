import { definePrivacy, noPerson, ORGS, PLAIN } from "~/kernel/privacy";

export const entitlementsPrivacy = definePrivacy("entitlements", {
  entitlement_override: {
    columns: {
      created_by_id: "the member of staff who gave it",
      ended_by_id: "the member of staff who took it back",
      reason: "why, in the words of staff",
    },
    who: "created_by_id, ended_by_id",
    person: noPerson({
      created_by_id: "an act of the platform's staff",
      ended_by_id: "an act of the platform's staff",
    }),
    org: ORGS,
  },
  organization_plan: PLAIN,
});
