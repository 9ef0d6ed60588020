/** The CRM's lists as files. Headings are those that the import understands, so that a file can be brought back in. */
import { defineListExport } from "~/server/csv/list-export";
import { contactName } from "../rules";
import { CompanyListInput, ContactListInput, ImportListInput, type Owner } from "../schema";
import { companyCount, companyPage } from "./manage-companies";
import { contactCount, contactPage } from "./manage-contacts";
import { importPage } from "./prepare-imports";

/** Not "me": somebody else reads the file. */
const nameOf = (owner: Owner | null): string | null => owner && (owner.name ?? "A former member");

export const companiesExport = defineListExport({
  list: "companies",
  permission: "crm.read",
  input: CompanyListInput,
  page: companyPage,
  count: async (scope, input) => (await companyCount(scope, input)).count,
  columns: [
    { label: "Name", cell: ({ name }) => name },
    { label: "Domain", cell: ({ domain }) => domain },
    { label: "Industry", cell: ({ industry }) => industry },
    { label: "Employees", cell: ({ employeeCount }) => employeeCount },
    { label: "Phone", cell: ({ phone }) => phone },
    { label: "City", cell: ({ city }) => city },
    { label: "Country", cell: ({ countryCode }) => countryCode },
    { label: "Owner", cell: ({ owner }) => nameOf(owner) },
    { label: "Added", cell: ({ createdAt }) => createdAt },
    { label: "Changed", cell: ({ updatedAt }) => updatedAt },
    { label: "Id", cell: ({ id }) => id },
  ],
});

export const contactsExport = defineListExport({
  list: "contacts",
  permission: "crm.read",
  input: ContactListInput,
  page: contactPage,
  count: async (scope, input) => (await contactCount(scope, input)).count,
  columns: [
    { label: "Full name", cell: contactName },
    { label: "First name", cell: ({ firstName }) => firstName },
    { label: "Last name", cell: ({ lastName }) => lastName },
    { label: "Email", cell: ({ email }) => email },
    { label: "Phone", cell: ({ phone }) => phone },
    { label: "Job title", cell: ({ jobTitle }) => jobTitle },
    { label: "Company", cell: ({ company }) => company?.name },
    { label: "Owner", cell: ({ owner }) => nameOf(owner) },
    { label: "Added", cell: ({ createdAt }) => createdAt },
    { label: "Changed", cell: ({ updatedAt }) => updatedAt },
    { label: "Id", cell: ({ id }) => id },
  ],
});

export const importsExport = defineListExport({
  list: "imports",
  permission: "import.read",
  input: ImportListInput,
  page: importPage,
  columns: [
    { label: "File", cell: ({ fileName }) => fileName },
    { label: "Records", cell: ({ entity }) => entity },
    { label: "State", cell: ({ status }) => status },
    { label: "Rows", cell: ({ counts }) => counts.rows },
    { label: "Created", cell: ({ counts }) => counts.created },
    { label: "Updated", cell: ({ counts }) => counts.updated },
    { label: "Skipped", cell: ({ counts }) => counts.skipped },
    { label: "Refused", cell: ({ counts }) => counts.refused },
    { label: "By", cell: ({ by }) => nameOf(by) },
    { label: "Begun", cell: ({ createdAt }) => createdAt },
    { label: "Id", cell: ({ id }) => id },
  ],
});
