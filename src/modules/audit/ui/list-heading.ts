/** What stands above the log, while it comes and when it is there. */
export const AUDIT = {
  title: "Audit log",
  description: "Who did what, when, and from where. Nobody can change what is written here, not even we.",
};
export const NOUNS = { one: "entry", many: "entries" };
export const AUDIT_FILTERS = ["person", "group", "refusals", "target", "from", "to"];
