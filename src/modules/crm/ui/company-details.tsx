"use client";
import { api } from "~/trpc/client";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { countryName } from "../rules";
import { CreateCompanyInput, type Company, type UpdateCompanyInput } from "../schema";
import { RecordDetails } from "./record-details";
import { useRecordCalls } from "./use-record-calls";

export function CompanyDetails({ company, withName = false }: { company: Company; withName?: boolean }) {
  const { get } = api.useUtils().crm.companies;
  const update = api.crm.companies.update.useMutation();
  const { refresh } = useRecordCalls("company");
  const { id, domain, employeeCount } = company;
  const country = company.countryCode && countryName(company.countryCode, "en");
  return (
    <RecordDetails
      kind="company"
      record={company}
      rules={CreateCompanyInput.shape}
      port={{
        read: () => get.getData({ id }),
        write: (version) => get.setData({ id }, version),
        fetch: () => get.fetch({ id }, { staleTime: 0 }),
        update: (values) => update.mutateAsync(values as UpdateCompanyInput),
        settled: refresh,
      }}
      items={(text) => [
        ...(withName ? [text("name", company.name)] : []),
        text(
          "domain",
          <Link href={`https://${domain}`} target="_blank" rel="noreferrer" externalText="opens in a new tab">
            {domain}
          </Link>,
        ),
        text("industry", company.industry),
        text("phone", company.phone, { type: "tel" }),
        text("employeeCount", employeeCount !== null && <FormattedNumber value={employeeCount} />),
        text("city", company.city),
        text("countryCode", country, { written: country ?? "" }),
      ]}
    />
  );
}
