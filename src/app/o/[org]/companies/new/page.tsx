import type { Metadata } from "next";
import { CompanyForm } from "~/modules/crm/ui";
import { PageHeader } from "~/ui/page-header";

export const metadata: Metadata = { title: "Add company" };

export default function NewCompany() {
  return (
    <>
      <PageHeader title="Add company" description="Only the name is needed; the rest can come later." />
      <CompanyForm />
    </>
  );
}
