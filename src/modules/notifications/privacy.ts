import { definePrivacy, deleted, OF_ORG } from "~/kernel/privacy";

export const notificationsPrivacy = definePrivacy("notifications", {
  notification: {
    columns: {
      user_id: "who is told",
      target_id: "may be the id of another person, whose name is read when it is shown",
      detail: "ids, counters and codes of what happened",
      kind: "what happened",
      cause: "made of ids",
    },
    who: "user_id",
    person: {
      erase: [deleted("t.user_id = :id")],
      export: "t.user_id = :id",
      ids: {
        target_id: "whom another member was told about; gone after 90 days",
        detail: "who it was; gone after 90 days",
        cause: "made of ids; gone after 90 days",
      },
    },
    org: { erase: [deleted(OF_ORG)], export: { not: "is each member's own" } },
  },
});
