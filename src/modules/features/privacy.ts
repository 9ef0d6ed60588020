import { definePrivacy, noPerson, ORGS } from "~/kernel/privacy";

export const featuresPrivacy = definePrivacy("features", {
  organization_features: {
    columns: {
      reason: "why a feature was set, in the words of staff",
      author_id: "who set it",
      ended_by_id: "who took it back",
    },
    who: "author_id",
    person: noPerson({
      author_id: "an act of the platform's staff",
      ended_by_id: "an act of the platform's staff",
    }),
    org: ORGS,
  },
});
