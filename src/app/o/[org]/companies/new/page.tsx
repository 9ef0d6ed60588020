import type { Metadata } from "next";
import { CompanyForm } from "~/modules/crm/ui";
import { PageHeader } from "~/ui/page-header";
import { permitted } from "../../permitted";

export const metadata: Metadata = { title: "Add company" };

type Props = { params: Promise<{ org: string }> };

export default async function NewCompany({ params }: Props) {
  await permitted((await params).org, "crm.write");
  return (
    <>
      <PageHeader title="Add company" description="Only the name is needed; the rest can come later." />
      <CompanyForm />
    </>
  );
}
