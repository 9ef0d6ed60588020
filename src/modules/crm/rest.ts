/** The CRM below `/api/v1`: companies, contacts, tags and imports. */
import type { RestRoute } from "~/server/rest/route";
import type { RecordKind } from "./rules";

const WORDS = {
  company: { one: "company", many: "companies", tag: "Companies", answer: "Company" },
  contact: { one: "contact", many: "contacts", tag: "Contacts", answer: "Contact" },
} as const;

const FIELDS = {
  owner: "Of everybody (all), one’s own (mine), of nobody, or of the member with this id.",
  tag: "Only with the tag of this id.",
  search:
    "From three characters on found anywhere in names, domain or mail; below that at the beginning of words.",
  sort: "A leading - is descending.",
  owner_id: "A member of the organization; null for nobody. Left out on creation: the member of the key.",
  domain: "Lower case, without scheme, path and www; unique among the companies that are there.",
  industry: "In words of your own.",
  employee_count: "Whole number, 0 to 10,000,000.",
  country: "ISO 3166-1 alpha-2.",
  country_code: "ISO 3166-1 alpha-2; a country’s name is understood.",
  notes: "At most 5,000 characters.",
  company_id: "A company that is there; null for none.",
  email: "Unique among the contacts that are there.",
  import_id: "The import that made it; null for none.",
  contact_count: "Contacts of this company.",
  company: "Null for none, and when the company is deleted.",
};

const EXAMPLES = {
  company: {
    name: "Analytical Engines",
    domain: "analytical.example",
    country_code: "GB",
    employee_count: 42,
  },
  contact: { first_name: "Ada", last_name: "Lovelace", email: "ada@analytical.example" },
} as const;

/** What goes for companies and contacts alike. */
export function recordRoutes(kind: RecordKind) {
  const { one, many, tag, answer } = WORDS[kind];
  const at = { path: `/${many}/{id}`, tag } as const;
  return {
    list: {
      method: "GET",
      path: `/${many}`,
      tag,
      summary: `List ${many}`,
      answer: `${answer}Summary`,
      fields: FIELDS,
    },
    get: {
      ...at,
      method: "GET",
      summary: `Get a ${one}`,
      description: "One that was merged into another answers 410 with the id of that one.",
      answer,
      fields: FIELDS,
    },
    create: {
      method: "POST",
      path: `/${many}`,
      tag,
      summary: `Create a ${one}`,
      record: `crm.${many}.get`,
      status: 201,
      answer,
      fields: FIELDS,
      example: EXAMPLES[kind],
    },
    update: {
      ...at,
      method: "PATCH",
      summary: `Change a ${one}`,
      description: "Only what is given changes; null empties a field.",
      record: `crm.${many}.get`,
      version: "updatedAt",
      answer,
      fields: FIELDS,
      example: { notes: "Asked for a quote in May." },
    },
    delete: {
      ...at,
      method: "DELETE",
      summary: `Delete a ${one}`,
      description: "Out of sight at once, gone for good after 30 days.",
      record: `crm.${many}.get`,
      version: "updatedAt",
    },
    restore: {
      method: "POST",
      path: `/${many}/{id}/restore`,
      tag,
      summary: `Bring a ${one} back`,
      description: "Within 30 days of its deletion. One that is there stays as it is.",
    },
    tag: {
      method: "PUT",
      path: `/${many}/{id}/tags/{tag_id}`,
      tag,
      summary: `Tag a ${one}`,
    },
    untag: {
      method: "DELETE",
      path: `/${many}/{id}/tags/{tag_id}`,
      tag,
      summary: `Take a tag off a ${one}`,
    },
  } as const satisfies Record<string, RestRoute>;
}

const TAGS = {
  tone: "neutral or dye-1 to dye-5, the colour of its dot. Left out: the one that fewest tags have.",
  name: "At most 40 characters; unique in the organization.",
};

const IMPORT = {
  entity: "What its rows become: company or contact.",
  size_bytes: "At most 200,000,000.",
  status: "awaiting_upload, ready, started, finished or discarded.",
  mapping: "For each column of the file the field it fills, or null.",
  on_duplicate: "What happens to a row whose domain or mail is there already: update or skip.",
  counts: "Rows of the file by what became of them.",
  job_id: "The job that does it; null until it is started.",
  url: "Put the file here within 15 minutes, with these headers.",
  line: "In the file, from 1.",
};

export const CRM_ROUTES = {
  companies: recordRoutes("company"),
  contacts: recordRoutes("contact"),
  tags: {
    list: {
      method: "GET",
      path: "/tags",
      tag: "Tags",
      summary: "List tags",
      description: "All of them, by name.",
      answer: "Tag",
      fields: TAGS,
    },
    create: {
      method: "POST",
      path: "/tags",
      tag: "Tags",
      summary: "Create a tag",
      status: 201,
      answer: "Tag",
      fields: TAGS,
      example: { name: "Key account" },
    },
    update: {
      method: "PATCH",
      path: "/tags/{id}",
      tag: "Tags",
      summary: "Change a tag",
      fields: TAGS,
      example: { tone: "dye-2" },
    },
    delete: {
      method: "DELETE",
      path: "/tags/{id}",
      tag: "Tags",
      summary: "Delete a tag",
      description: "It comes off every record.",
    },
  },
  imports: {
    list: {
      method: "GET",
      path: "/imports",
      tag: "Imports",
      summary: "List imports",
      answer: "ImportSummary",
      fields: IMPORT,
    },
    get: {
      method: "GET",
      path: "/imports/{id}",
      tag: "Imports",
      summary: "Get an import",
      answer: "Import",
      fields: IMPORT,
    },
    refusals: {
      method: "GET",
      path: "/imports/{id}/refusals",
      tag: "Imports",
      summary: "List the rows that were refused",
      answer: "ImportRefusal",
      fields: IMPORT,
    },
    create: {
      method: "POST",
      path: "/imports",
      tag: "Imports",
      summary: "Begin an import",
      description: "Answers where to put the CSV file. Then inspect it, and start.",
      status: 201,
      answer: "ImportUpload",
      fields: IMPORT,
      example: { entity: "company", file_name: "companies.csv", size_bytes: 12345 },
    },
    inspect: {
      method: "POST",
      path: "/imports/{id}/inspection",
      tag: "Imports",
      summary: "Look at the uploaded file",
      description: "Finds encoding, columns and what they may mean; nothing is imported yet.",
      answer: "Import",
      fields: IMPORT,
    },
    start: {
      method: "POST",
      path: "/imports/{id}/start",
      tag: "Imports",
      summary: "Start an import",
      status: 202,
      answer: "StartedImport",
      fields: IMPORT,
      example: { mapping: ["name", "domain"], has_header: true, on_duplicate: "skip" },
    },
    discard: {
      method: "DELETE",
      path: "/imports/{id}",
      tag: "Imports",
      summary: "Discard an import",
      description: "Removes the uploaded file of one that was not started.",
    },
  },
} as const satisfies Record<string, Record<string, RestRoute>>;
