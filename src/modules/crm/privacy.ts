import { definePrivacy } from "~/kernel/privacy";

export const crmPrivacy = definePrivacy("crm", {
  company: {
    columns: {
      name: "may be a person's own name (sole traders)",
      name_key: "the name in lower case",
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
      job_title: "occupation",
      notes: "whatever a member wrote",
      owner_id: "which member has it",
    },
    person: "email",
    onErase: "remove the row; for a member who had it, owner_id becomes null",
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
