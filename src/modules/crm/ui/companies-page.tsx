"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { Building2, Plus } from "lucide-react";
import NextLink from "next/link";
import { useMemo } from "react";
import { listInput } from "~/kernel/paging";
import { ExportButton } from "~/modules/exports/ui";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { ViewMenu } from "~/modules/views/ui";
import { api, failureOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataTable, type TableSelection } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { useTableAddress } from "~/ui/table-address";
import { CompanyListInput, type CompanyItem } from "../schema";
import { BulkActs } from "./bulk-acts";
import { CompanyPeek } from "./company-page";
import { companyColumns } from "./list-columns";
import { COMPANY_FILTERS, countryFilter, useOwnerFilter, useTagFilter } from "./list-filters";
import { TagActs } from "./tag-acts";
import { COMPANIES } from "./list-headings";

const COUNTRY_FILTER = countryFilter();

const NOUNS = { one: "company", many: "companies" };

/** Search, filters, order, columns and page are kept in the address. */
export function CompaniesPage() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const address = useTableAddress(COMPANY_FILTERS);
  const input = listInput(CompanyListInput, address.asked);
  const { search, owner, country, tag } = input;
  const page = api.crm.companies.list.useQuery(input, { placeholderData: keepPreviousData });
  const count = api.crm.companies.count.useQuery({ search, owner, country, tag });
  const ownerFilter = useOwnerFilter("companies");
  const columns = useMemo(() => companyColumns({ slug, timeZone }), [slug, timeZone]);
  const tagFilter = useTagFilter();
  const peek = usePeek();
  const mayWrite = useMay("crm.write");
  const mayImport = useMay("import.create");
  const path = `/o/${slug}/companies`;
  const adding = (
    <>
      {mayImport && (
        <Button asChild>
          <NextLink href={`/o/${slug}/imports/new?entity=company`}>Import companies</NextLink>
        </Button>
      )}
      {mayWrite && (
        <Button variant="primary" icon={<Plus aria-hidden />} shortcut="C" asChild>
          <NextLink href={`${path}/new`}>Add company</NextLink>
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        {...COMPANIES}
        actions={
          <>
            {mayWrite && (
              <Button variant="ghost" asChild>
                <NextLink href={`${path}/duplicates`}>Find duplicates</NextLink>
              </Button>
            )}
            {adding}
          </>
        }
      />
      <DataTable<CompanyItem>
        nouns={NOUNS}
        columns={columns}
        address={address}
        defaultSort="-created"
        page={page.data}
        isStale={page.isPlaceholderData}
        failure={failureOf(page)}
        total={count.data?.count}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${path}/${id}`}
        onRowClick={(event, { id }) => peek.follow(event, id)}
        isCurrent={({ id }) => id === peek.id}
        rowName={({ name }) => name}
        tools={
          <>
            <ViewMenu
              list="companies"
              noun="companies"
              columns={columns.map(({ key }) => key)}
              address={address}
            />
            <ExportButton list="companies" nouns={NOUNS} filterKeys={COMPANY_FILTERS} />
          </>
        }
        search={{ label: "Search companies", placeholder: "Name or domain" }}
        filters={[ownerFilter, COUNTRY_FILTER, tagFilter]}
        {...(mayWrite && {
          bulk: (selection: TableSelection, clear: () => void) => (
            <BulkActs
              kind="company"
              selection={selection}
              matching={{ search, owner, country, tag }}
              clear={clear}
            >
              {(run, isBusy) => <TagActs kind="company" selection={selection} run={run} isBusy={isBusy} />}
            </BulkActs>
          ),
        })}
        empty={
          <EmptyState
            title="No companies yet"
            description="Keep the organizations you do business with in one place. Add them one by one, or import a list."
            sample={
              <SampleRows
                rows={[
                  {
                    icon: <Building2 />,
                    title: "Northwind Foods",
                    detail: "northwind.example",
                    state: "Berlin",
                  },
                  { icon: <Building2 />, title: "Gulf Trading", detail: "gulf.example", state: "Kuwait" },
                  { icon: <Building2 />, title: "Atelier Duval", detail: "duval.example", state: "Lyon" },
                ]}
              />
            }
            action={<span className="flex flex-wrap justify-center gap-2">{adding}</span>}
          />
        }
      />
      <PeekPanel
        peek={peek}
        label="Company"
        ids={page.data?.items.map(({ id }) => id) ?? []}
        href={(id) => `${path}/${id}`}
      >
        {(id) => <CompanyPeek id={id} />}
      </PeekPanel>
    </>
  );
}
