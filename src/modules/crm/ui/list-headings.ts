/** What stands above each list, while it comes and when it is there. */
export const COMPANIES = {
  title: "Companies",
  description: "Organizations you do business with, and who looks after them.",
};
export const CONTACTS = {
  title: "Contacts",
  description: "People you are in touch with, and where they work.",
};
export const IMPORTS = {
  title: "Imports",
  description: "Lists of companies and contacts that came from files, and what became of their rows.",
};
/** Above the fields of a new record, on a page or in a dialog. */
export const NEW_COMPANY = {
  title: "Add company",
  description: "Only the name is needed; the rest can come later.",
};
export const NEW_CONTACT = {
  title: "Add contact",
  description: "A name or a mail address is enough to begin with.",
};
