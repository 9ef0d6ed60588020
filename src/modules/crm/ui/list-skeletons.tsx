import { DataTableSkeleton } from "~/ui/data-table-skeleton";
import { importColumns } from "./import-columns";
import { companyColumns, contactColumns } from "./list-columns";

const NOWHERE = { slug: "", timeZone: "UTC" };

/** While companies come: columns as the list will have them. */
export const CompaniesSkeleton = () => (
  <DataTableSkeleton label="Companies" columns={companyColumns(NOWHERE)} filters={3} />
);

/** While contacts come. */
export const ContactsSkeleton = () => (
  <DataTableSkeleton label="Contacts" columns={contactColumns(NOWHERE)} filters={2} />
);

/** While imports come. */
export const ImportsSkeleton = () => (
  <DataTableSkeleton label="Imports" columns={importColumns(NOWHERE)} search={false} filters={2} rows={8} />
);
