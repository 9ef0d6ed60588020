import type { Metadata } from "next";
import { CompanyForm } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { PageHeader } from "~/ui/page-header";
import { found } from "../../../found";
import { permitted } from "../../../permitted";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Edit company" };

export default async function EditCompany({ params }: Props) {
  const { org, id } = await params;
  await permitted(org, "crm.write");
  const company = await found(serverApi(org).crm.companies.get({ id }));
  return (
    <>
      <PageHeader title={`Edit ${company.name}`} />
      <CompanyForm company={company} />
    </>
  );
}
