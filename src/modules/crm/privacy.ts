import { definePrivacy, noPerson, ORGS, PLAIN, type PrivacyOfTable } from "~/kernel/privacy";

const OTHERS =
  "Records that organizations keep about customers and contacts. Each organization answers for its own; ask it to remove what it holds.";

/** The member who has a record: nobody, from then on. */
const unowned: PrivacyOfTable["person"] = {
  erase: [{ where: "t.owner_id = :id", then: { set: { owner_id: "NULL" } } }],
  export: { not: "is the organization's, and part of its export" },
};

export const crmPrivacy = definePrivacy("crm", {
  company: {
    columns: {
      name: "may be a person's own name (sole traders)",
      name_key: "the name in lower case",
      match_key: "the name without case and legal form",
      phone_key: "digits of the phone number",
      merge_undo: "values that another record had before a merge",
      domain: "may contain a name",
      phone: "phone number",
      notes: "whatever a member wrote",
      owner_id: "which member has it",
    },
    who: "owner_id for the member; a person it is about is found by name or phone",
    person: unowned,
    org: ORGS,
    others: OTHERS,
  },
  contact: {
    columns: {
      first_name: "name",
      last_name: "name",
      name_key: "the name, or the mail address, in lower case",
      email: "mail address",
      phone: "phone number",
      phone_key: "digits of the phone number",
      merge_undo: "values that another record had before a merge",
      job_title: "occupation",
      notes: "whatever a member wrote",
      owner_id: "which member has it",
    },
    who: "owner_id for the member; email for the person it is about",
    person: unowned,
    org: ORGS,
    others: OTHERS,
  },
  record_event: {
    columns: {
      actor_id: "who did it",
      detail: "the record's own values before and after",
    },
    who: "through its company or contact; actor_id for the member",
    person: noPerson({
      actor_id: "who changed a record of the organization",
      detail: "ids of who had a record before and after",
    }),
    org: ORGS,
    others: OTHERS,
  },
  record_note: {
    columns: { author_id: "who wrote it", body: "whatever a member wrote" },
    who: "through its company or contact; author_id for the member",
    person: {
      erase: [],
      export: "t.author_id = :id",
      ids: { author_id: "who wrote a note of the organization" },
    },
    org: ORGS,
    others: OTHERS,
  },
  duplicate_dismissal: {
    columns: {
      key: "a name, or digits of a phone number, that records have in common",
      dismissed_by_id: "who said that they are not the same",
    },
    who: "found by name or phone",
    person: noPerson({ dismissed_by_id: "who looked after the organization's records" }),
    org: ORGS,
    others: OTHERS,
  },
  tag: {
    columns: { name: "may contain a name", name_key: "the name in lower case" },
    who: "nobody by itself; through what carries it",
    person: noPerson(),
    org: ORGS,
    others: OTHERS,
  },
  company_tag: PLAIN,
  contact_tag: PLAIN,
  sample_record: PLAIN,
  import: {
    columns: {
      created_by_id: "who imported",
      file_name: "may contain a name",
      inspection: "the file's first rows, until the import is started",
    },
    who: "created_by_id",
    person: {
      erase: [{ where: "t.created_by_id = :id", then: { set: { file_name: "'file'", inspection: "NULL" } } }],
      export: "t.created_by_id = :id",
      ids: { created_by_id: "who imported for the organization" },
    },
    org: ORGS,
  },
  import_refusal: {
    columns: {
      cells: "a refused row as it stood in the file",
      reason: "quotes the cell that was not valid",
    },
    who: "found by mail address within cells",
    person: noPerson(),
    org: ORGS,
    others: OTHERS,
  },
});
