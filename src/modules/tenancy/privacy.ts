import { definePrivacy, deleted, noPerson, OF_ORG, ORGS } from "~/kernel/privacy";

export const tenancyPrivacy = definePrivacy("tenancy", {
  membership: {
    columns: {
      user_id: "who is a member",
      user_name: "copy of the person's name",
      user_email: "copy of the person's mail address",
      last_used_at: "when the person last opened the organization",
    },
    who: "user_id",
    person: { erase: [deleted("t.user_id = :id")], export: "t.user_id = :id" },
    org: ORGS,
  },
  invitation: {
    columns: {
      email: "address of who was invited",
      invited_by_name: "name of who invited, as it was then",
      invited_by_id: "who invited",
      accepted_by_id: "who accepted",
    },
    who: "email, invited_by_id or accepted_by_id",
    person: {
      erase: [
        deleted("lower(t.email) = :email OR t.accepted_by_id = :id"),
        { where: "t.invited_by_id = :id", then: { set: { invited_by_name: "NULL" } } },
      ],
      export: "lower(t.email) = :email OR t.accepted_by_id = :id OR t.invited_by_id = :id",
      ids: { invited_by_id: "who invited for the organization" },
    },
    org: ORGS,
    secret: ["token_hash"],
  },
  organization: {
    columns: {
      name: "may be a person's name, as with sole traders",
      slug: "made from the name",
      deletion_requested_by: "who asked for deletion",
    },
    who: "deletion_requested_by",
    person: noPerson({ deletion_requested_by: "who asked for the organization's deletion" }),
    org: {
      erase: {
        kept: "a row without name and address, which the digests of its addresses hang on",
        until: "for_ever",
        where: "t.id = :id",
        then: {
          set: {
            name: "'Deleted organization'",
            slug: "'deleted-' || t.id",
            status: "'suspended'",
            logo_key: "NULL",
            api_origins: "'{}'",
            deletion_requested_by: "NULL",
          },
        },
      },
      export: "t.id = :id",
    },
  },
  organization_slug: {
    columns: { slug: "made from the name", slug_digest: "digest of the address" },
    who: "the organization",
    person: noPerson(),
    org: {
      erase: {
        kept: "a digest of each address it had, so that nobody ever takes its name over",
        until: "for_ever",
        then: { set: { slug: "'deleted-' || t.slug_digest" } },
      },
      export: OF_ORG,
    },
  },
});
