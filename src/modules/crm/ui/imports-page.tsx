"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useMemo } from "react";
import { listInput } from "~/kernel/paging";
import { ExportButton } from "~/modules/exports/ui";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { ViewMenu } from "~/modules/views/ui";
import { api, failureOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { useTableAddress } from "~/ui/table-address";
import { ImportListInput, ImportStatus, type ImportItem } from "../schema";
import { importColumns } from "./import-columns";
import { STATUS_WORDS } from "./import-words";
import { IMPORTS } from "./list-headings";

const REFRESH_MS = 5_000;

const NOUNS = { one: "import", many: "imports" };
const FILTERS = ["entity", "status"];

/** Filters, columns and page are kept in the address. */
export function ImportsPage() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayImport = useMay("import.create");
  const address = useTableAddress(FILTERS);
  const page = api.crm.imports.list.useQuery(listInput(ImportListInput, address.asked), {
    placeholderData: keepPreviousData,
    // Counts move while one runs.
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.status === "started") ? REFRESH_MS : false,
  });
  const columns = useMemo(() => importColumns({ timeZone }), [timeZone]);
  const begin = mayImport && (
    <Button variant="primary" icon={<FileUp aria-hidden />} asChild>
      <PageLink href={`/o/${slug}/imports/new`}>Import a file</PageLink>
    </Button>
  );
  return (
    <>
      <PageHeader {...IMPORTS} actions={begin} />
      <DataTable<ImportItem>
        nouns={NOUNS}
        columns={columns}
        address={address}
        page={page.data}
        isStale={page.isPlaceholderData}
        failure={failureOf(page)}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/o/${slug}/imports/${id}`}
        tools={
          <>
            <ViewMenu
              list="imports"
              noun="imports"
              columns={columns.map(({ key }) => key)}
              address={address}
            />
            <ExportButton list="imports" nouns={NOUNS} filterKeys={FILTERS} />
          </>
        }
        filters={[
          {
            key: "entity",
            label: "Records",
            anyLabel: "Companies and contacts",
            options: [
              { value: "company", label: "Companies" },
              { value: "contact", label: "Contacts" },
            ],
          },
          {
            key: "status",
            label: "State",
            anyLabel: "Any state",
            options: ImportStatus.options.map((value) => ({ value, label: STATUS_WORDS[value] })),
          },
        ]}
        empty={
          <EmptyState
            title="No imports yet"
            description="Bring a list of companies or contacts from a spreadsheet or another system. You see how the first rows come out before anything is stored."
            sample={
              <SampleRows
                rows={[
                  { icon: <FileUp />, title: "customers-2026.csv", detail: "companies", state: "4,812 rows" },
                  { icon: <FileUp />, title: "trade-fair.csv", detail: "contacts", state: "233 rows" },
                  { icon: <FileUp />, title: "partners.txt", detail: "companies", state: "57 rows" },
                ]}
              />
            }
            action={begin}
          />
        }
      />
    </>
  );
}
