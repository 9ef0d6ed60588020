import { definePrivacy } from "~/kernel/privacy";

export const authPrivacy = definePrivacy("auth", {
  user: {
    columns: { email: "mail address", name: "name" },
    person: "id",
    onErase: "delete the row; sessions, accounts and refresh tokens go with it",
  },
  account: {
    columns: { provider_account_id: "the person's id at Google" },
    person: "user_id",
    onErase: "deleted with the user",
  },
  session: {
    columns: { user_agent: "browser and system", address: "client address at sign-in" },
    person: "user_id",
    onErase: "deleted with the user; an ended one by itself after 30 days, at the person's next sign-in",
  },
  refresh_token: {
    columns: { user_id: "whose it is" },
    person: "user_id",
    onErase: "deleted with the session",
    notExported: "digests of secrets",
  },
  sign_in_link: {
    columns: { email: "mail address it was sent to" },
    person: "email",
    onErase: "delete the rows of this address; by itself a day after its 15 minutes are over",
    notExported: "digests of secrets",
  },
});
