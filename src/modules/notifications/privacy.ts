import { definePrivacy } from "~/kernel/privacy";

export const notificationsPrivacy = definePrivacy("notifications", {
  notification: {
    columns: {
      user_id: "who is told",
      target_id: "may be the id of another person, whose name is read when it is shown",
      detail: "ids, counters and codes of what happened",
      kind: "what happened",
      cause: "made of ids",
    },
    person: "user_id",
    onErase: "delete the rows; they go with the membership, and after 90 days by themselves",
  },
});
