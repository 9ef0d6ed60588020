import type { Metadata } from "next";
import { CompanyPage } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { foundOrMerged } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Company" };

export default async function CompanyDetail({ params }: Props) {
  const { org, id } = await params;
  const company = await foundOrMerged(
    serverApi(org).crm.companies.get({ id }),
    (into) => `/o/${org}/companies/${into}`,
  );
  return <CompanyPage key={id} company={company} />;
}
