"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { listInput } from "~/kernel/paging";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { useTableAddress } from "~/ui/table-address";
import { CompanyListInput, type CompanyItem } from "../schema";
import { CompanyPeek } from "./company-page";
import { companyColumns } from "./list-columns";
import { COMPANY_FILTERS, countryFilter, useOwnerFilter, useTagFilter } from "./list-filters";
import { COMPANIES } from "./list-headings";
import { RecordsPage } from "./records-page";
import { useAddDialog } from "./use-add-dialog";

const COUNTRY_FILTER = countryFilter();

const loadDialog = () => import("./add-company-dialog").then((room) => room.AddCompanyDialog);
const AddCompanyDialog = dynamic(loadDialog, { ssr: false });

const EMPTY = {
  description:
    "Keep the organizations you do business with in one place. Add them one by one, or import a list.",
  sample: [
    { icon: <Building2 />, title: "Northwind Foods", detail: "northwind.example", state: "Berlin" },
    { icon: <Building2 />, title: "Gulf Trading", detail: "gulf.example", state: "Kuwait" },
    { icon: <Building2 />, title: "Atelier Duval", detail: "duval.example", state: "Lyon" },
  ],
};

/** Search, filters, order, columns, page and an open dialog are kept in the address. */
export function CompaniesPage() {
  const { timeZone } = useTenancy().currentOrganization;
  const address = useTableAddress(COMPANY_FILTERS);
  const input = listInput(CompanyListInput, address.asked);
  const { search, owner, country, tag } = input;
  const page = api.crm.companies.list.useQuery(input, { placeholderData: keepPreviousData });
  const count = api.crm.companies.count.useQuery({ search, owner, country, tag });
  const ownerFilter = useOwnerFilter("companies");
  const columns = useMemo(() => companyColumns(timeZone), [timeZone]);
  const tagFilter = useTagFilter();
  const dialog = useAddDialog();
  return (
    <RecordsPage<CompanyItem>
      kind="company"
      heading={COMPANIES}
      address={address}
      filterKeys={COMPANY_FILTERS}
      filters={[ownerFilter, COUNTRY_FILTER, tagFilter]}
      search={{ label: "Search companies", placeholder: "Name or domain" }}
      columns={columns}
      rowName={({ name }) => name}
      query={page}
      total={count.data?.count}
      matching={{ search, owner, country, tag }}
      empty={EMPTY}
      peekOf={(id) => <CompanyPeek id={id} />}
      dialog={dialog}
      onNear={() => void loadDialog().catch(() => undefined)}
    >
      <AddCompanyDialog
        dialog={dialog}
        input={input}
        isNarrowed={address.isFiltered || address.after !== null}
      />
    </RecordsPage>
  );
}
