import { definePrivacy, deleted, NOT_ORGS } from "~/kernel/privacy";

const ids = {
  subject_id: "whom a certificate is about: an id that leads to nobody",
  requested_by_id: "who asked for a deletion",
};

export const gdprPrivacy = definePrivacy("gdpr", {
  erasure: {
    columns: {
      subject_id: "who is erased",
      requested_by_id: "who asked for it",
      sought: "what the last check looks for; emptied with it",
      certificate: "what was erased and what is kept, in tables and counts",
    },
    who: "subject_id",
    person: {
      erase: [],
      export: "t.subject_id = :id OR t.requested_by_id = :id",
      ids: { ...ids, certificate: ids.subject_id },
    },
    org: {
      erase: {
        kept: "the proof that it was erased, in ids and counts",
        until: "as_long_as_the_log",
        where: "t.subject_id = :id",
      },
      export: "t.subject_id = :id",
    },
    secret: ["sought", "undo_digest", "certificate_digest"],
  },
  erasure_step: {
    columns: { found: "tables and counts" },
    who: "its erasure's subject_id",
    person: { erase: [], export: { not: "stands in the certificate" } },
    org: NOT_ORGS,
  },
  data_export: {
    columns: { subject_id: "whose data it holds", requested_by_id: "who asked for it" },
    who: "subject_id",
    person: {
      erase: [deleted("t.subject_id = :id AND t.kind = 'person'")],
      export: "t.subject_id = :id OR t.requested_by_id = :id",
      ids: { requested_by_id: "who exported the organization" },
    },
    org: { erase: [deleted("t.subject_id = :id AND t.kind = 'organization'")], export: "t.subject_id = :id" },
  },
});
