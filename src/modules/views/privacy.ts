import { definePrivacy, deleted, noPerson, OF_ORG, ORGS } from "~/kernel/privacy";

const own = {
  person: { erase: [deleted("t.user_id = :id")], export: "t.user_id = :id" },
  org: { erase: [deleted(OF_ORG)], export: { not: "is each member's own" } },
};

export const viewsPrivacy = definePrivacy("views", {
  saved_view: {
    columns: {
      user_id: "whose it is",
      name: "whatever the person wrote",
      state: "search words may hold a name",
    },
    who: "user_id",
    ...own,
  },
  default_view: { columns: { user_id: "whose list it is" }, who: "user_id", ...own },
  shared_view: {
    columns: {
      created_by_id: "who shared it",
      name: "whatever a member wrote",
      state: "search words may hold a name",
    },
    who: "created_by_id",
    person: noPerson({ created_by_id: "who shared a view with the organization" }),
    org: ORGS,
    others: "Views that a member shared with their organization, which answers for what they are called.",
  },
});
