import { definePrivacy } from "~/kernel/privacy";

export const exportsPrivacy = definePrivacy("exports", {
  export: {
    columns: {
      created_by_id: "who exported",
      asked: "search words may hold a name; emptied with the file",
      cursor: "may hold a name while the file is written",
    },
    person: "created_by_id",
    onErase: "keep: an id without a person behind it; the file itself goes after 7 days",
    notExported: "the file holds the organization's records, which are exported by their own slices",
  },
});
