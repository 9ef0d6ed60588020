import { definePrivacy } from "~/kernel/privacy";

export const tenancyPrivacy = definePrivacy("tenancy", {
  membership: {
    columns: {
      user_id: "who is a member",
      user_name: "copy of the person's name",
      user_email: "copy of the person's mail address",
      last_used_at: "when the person last opened the organization",
    },
    person: "user_id",
    onErase: "delete the row",
  },
  invitation: {
    columns: {
      email: "address of who was invited",
      invited_by_name: "name of who invited, as it was then",
      invited_by_id: "who invited",
      accepted_by_id: "who accepted",
    },
    person: "email, invited_by_id or accepted_by_id",
    onErase: "delete where the person was invited; elsewhere empty invited_by_name",
  },
  organization: {
    columns: {
      name: "may be a person's name, as with sole traders",
      slug: "made from the name",
      deletion_requested_by: "who asked for deletion",
    },
    person: "deletion_requested_by",
    onErase:
      "erased with the organization; deletion_requested_by is kept as an id without a person behind it",
  },
  organization_slug: {
    columns: { slug: "made from the name" },
    person: "none: belongs to the organization",
    onErase: "kept: an address once used is never given to somebody else",
  },
});
