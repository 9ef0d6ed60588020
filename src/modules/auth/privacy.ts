import { definePrivacy, deleted, NOT_ORGS } from "~/kernel/privacy";

const OWN = "t.user_id = :id";
const digests = { not: "digests of secrets" };

export const authPrivacy = definePrivacy("auth", {
  user: {
    columns: { email: "mail address", name: "name" },
    who: "id",
    person: { erase: [deleted("t.id = :id")], export: "t.id = :id" },
    org: NOT_ORGS,
  },
  account: {
    columns: { user_id: "whose it is", provider_account_id: "the person's id at Google" },
    who: "user_id",
    person: { erase: [deleted(OWN)], export: OWN },
    org: NOT_ORGS,
  },
  session: {
    columns: {
      user_id: "whose it is",
      user_agent: "browser and system",
      address: "client address at sign-in",
      client_name: "name of the API key of a program's session",
      staff_id: "who of the platform opened it as the person",
    },
    who: "user_id",
    person: { erase: [deleted(OWN), deleted("t.staff_id = :id")], export: OWN },
    org: {
      // Programs' sessions by its keys.
      erase: [
        deleted("t.api_key_id IN (SELECT k.id FROM api_key k WHERE k.org_id = :id)"),
        // Opened by staff as one of its members.
        deleted("t.staff_org_id = :id"),
      ],
      export: { not: "devices are a person's, not an organization's" },
    },
  },
  refresh_token: {
    columns: { user_id: "whose it is" },
    who: "user_id",
    person: { erase: [deleted(OWN)], export: digests },
    org: NOT_ORGS,
  },
  step_up_link: {
    columns: { user_id: "whose it is" },
    who: "user_id",
    person: { erase: [deleted(OWN)], export: digests },
    org: NOT_ORGS,
  },
  passkey: {
    columns: {
      user_id: "whose it is",
      name: "what the person calls it",
      credential_id: "its id on the person's device",
    },
    who: "user_id",
    person: { erase: [deleted(OWN)], export: OWN },
    org: NOT_ORGS,
  },
  passkey_challenge: {
    columns: { user_id: "whose it is" },
    who: "user_id",
    person: { erase: [deleted(OWN)], export: { not: "random values of a few minutes" } },
    org: NOT_ORGS,
  },
  sign_in_link: {
    columns: { email: "mail address it was sent to" },
    who: "email",
    person: { erase: [deleted("t.email = :email")], export: digests },
    org: NOT_ORGS,
  },
});
