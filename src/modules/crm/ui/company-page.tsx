"use client";
import { api } from "~/trpc/client";
import type { Company } from "../schema";
import { CompanyContacts } from "./company-contacts";
import { CompanyDetails } from "./company-details";
import { placeOf } from "./place-of";
import { RecordPageFrame, RecordPeekFrame } from "./record-frame";

const headOf = (company: Company) => ({
  of: { kind: "company" as const, id: company.id },
  title: company.name,
  description: [company.industry, placeOf(company)],
  tags: company.tags,
});

export function CompanyPage({ company: given }: { company: Company }) {
  const { data: company } = api.crm.companies.get.useQuery({ id: given.id }, { initialData: given });
  return (
    <RecordPageFrame {...headOf(company)} details={<CompanyDetails company={company} withName />}>
      <CompanyContacts company={company} />
    </RecordPageFrame>
  );
}

/** May suspend and may throw: the panel knows both. */
export function CompanyPeek({ id }: { id: string }) {
  const [company] = api.crm.companies.get.useSuspenseQuery({ id });
  return (
    <RecordPeekFrame key={id} {...headOf(company)} details={<CompanyDetails company={company} />}>
      <CompanyContacts company={company} />
    </RecordPeekFrame>
  );
}
