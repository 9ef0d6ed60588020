import type { Metadata } from "next";
import { CompanyForm, NEW_COMPANY } from "~/modules/crm/ui";
import { PageHeader } from "~/ui/page-header";
import { permitted } from "../../permitted";

export const metadata: Metadata = { title: NEW_COMPANY.title };

type Props = { params: Promise<{ org: string }> };

export default async function NewCompany({ params }: Props) {
  await permitted((await params).org, "crm.write");
  return (
    <>
      <PageHeader {...NEW_COMPANY} />
      <CompanyForm />
    </>
  );
}
