import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { importColumns } from "./import-columns";
import { COMPANIES, CONTACTS, IMPORTS } from "./list-headings";
import { companyColumns, contactColumns } from "./list-columns";

const NOWHERE = { slug: "", timeZone: "UTC" };

/** While companies come: columns as the list will have them. */
export const CompaniesSkeleton = () => (
  <DataTableSkeleton
    label="Companies"
    header={COMPANIES}
    columns={companyColumns(NOWHERE.timeZone)}
    filters={3}
  />
);

/** While contacts come. */
export const ContactsSkeleton = () => (
  <DataTableSkeleton label="Contacts" header={CONTACTS} columns={contactColumns(NOWHERE)} filters={2} />
);

/** While imports come. */
export const ImportsSkeleton = () => (
  <DataTableSkeleton
    label="Imports"
    header={IMPORTS}
    columns={importColumns(NOWHERE)}
    search={false}
    filters={2}
    rows={8}
  />
);
