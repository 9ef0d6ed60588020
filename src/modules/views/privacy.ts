import { definePrivacy } from "~/kernel/privacy";

export const viewsPrivacy = definePrivacy("views", {
  saved_view: {
    columns: {
      user_id: "whose it is",
      name: "whatever the person wrote",
      state: "search words may hold a name",
    },
    person: "user_id",
    onErase: "remove the rows; they go with the membership",
  },
  default_view: {
    columns: { user_id: "whose list it is" },
    person: "user_id",
    onErase: "remove the rows; they go with the membership",
  },
  shared_view: {
    columns: {
      created_by_id: "who shared it",
      name: "whatever a member wrote",
      state: "search words may hold a name",
    },
    person: "created_by_id",
    onErase: "keep: the organization's; an id without a person behind it",
  },
});
