"use client";
import { Building2, Plus } from "lucide-react";
import NextLink from "next/link";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import type { CompanyItem, CompanyListInput } from "../schema";
import { ownerName } from "./owner-name";
import { placeOf } from "./place-of";
import { RecordList } from "./record-list";

/** `input` comes from the address, where filters, order and page are kept. */
export function CompaniesPage({ input }: { input: CompanyListInput }) {
  const { currentOrganization } = useTenancy();
  const { slug, timeZone } = currentOrganization;
  const { search, owner } = input;
  const [page] = api.crm.companies.list.useSuspenseQuery(input);
  const [{ count }] = api.crm.companies.count.useSuspenseQuery({ search, owner });
  const mayWrite = useMay("crm.write");
  const mayImport = useMay("import.create");
  const path = `/o/${slug}/companies`;
  const buttons = (
    <>
      {mayImport && (
        <Button asChild>
          <NextLink href={`/o/${slug}/imports/new?entity=company`}>Import companies</NextLink>
        </Button>
      )}
      {mayWrite && (
        <Button variant="primary" icon={<Plus aria-hidden />} asChild>
          <NextLink href={`${path}/new`}>Add company</NextLink>
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        title="Companies"
        description="Organizations you do business with, and who looks after them."
        actions={buttons}
      />
      <RecordList<CompanyItem>
        nouns={{ one: "company", many: "companies" }}
        searchHint="Name or domain"
        input={input}
        page={page}
        count={count}
        rowHref={({ id }) => `${path}/${id}`}
        columns={(sortBy) => [
          { key: "name", label: "Name", sort: sortBy("name"), cell: ({ name }) => name },
          { key: "domain", label: "Domain", width: "24%", cell: ({ domain }) => domain },
          { key: "place", label: "Place", width: "20%", from: "wide", cell: placeOf },
          {
            key: "employees",
            label: "Employees",
            width: "7rem",
            align: "end",
            from: "wider",
            cell: ({ employeeCount }) => employeeCount !== null && <FormattedNumber value={employeeCount} />,
          },
          { key: "owner", label: "Owner", width: "9rem", from: "wide", cell: (row) => ownerName(row.owner) },
          {
            key: "created",
            label: "Added",
            width: "9rem",
            from: "wider",
            sort: sortBy("recent"),
            cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
          },
        ]}
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
            action={<span className="flex flex-wrap justify-center gap-2">{buttons}</span>}
          />
        }
      />
    </>
  );
}
