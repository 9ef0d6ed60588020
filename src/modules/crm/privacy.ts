import { definePrivacy } from "~/kernel/privacy";

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
    person: "owner_id for the member; a person it is about is found by name or phone",
    onErase: "for a member: owner_id becomes null; for the person it is about: the row is removed",
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
    person: "email",
    onErase: "remove the row; for a member who had it, owner_id becomes null",
  },
  record_event: {
    columns: {
      actor_id: "who did it",
      detail: "the record's own values before and after",
    },
    person: "through its company or contact; actor_id for the member",
    onErase:
      "for the person it is about: goes with the record's row; for a member: keep, an id without a person behind it",
  },
  record_note: {
    columns: { author_id: "who wrote it", body: "whatever a member wrote" },
    person: "through its company or contact; author_id for the member",
    onErase:
      "for the person it is about: goes with the record's row; for a member: keep, an id without a person behind it",
  },
  duplicate_dismissal: {
    columns: {
      key: "a name, or digits of a phone number, that records have in common",
      dismissed_by_id: "who said that they are not the same",
    },
    person: "found by name or phone",
    onErase: "remove the row; for the member: keep, an id without a person behind it",
  },
  tag: {
    columns: { name: "may contain a name", name_key: "the name in lower case" },
    person: "nobody by itself; through what carries it",
    onErase: "the link goes with the record's row",
  },
  import: {
    columns: {
      created_by_id: "who imported",
      file_name: "may contain a name",
      inspection: "the file's first rows, until the import is started",
    },
    person: "created_by_id",
    onErase: "keep: an id without a person behind it; file name and inspection are emptied",
  },
  import_refusal: {
    columns: {
      cells: "a refused row as it stood in the file",
      reason: "quotes the cell that was not valid",
    },
    person: "found by mail address within cells",
    onErase: "remove the row",
  },
});
