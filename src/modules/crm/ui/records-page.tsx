"use client";
/** The list of companies, and that of contacts: what they have alike. */
import { Plus } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { ExportButton } from "~/modules/exports/ui";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { ViewMenu } from "~/modules/views/ui";
import { failureOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataTable, type DataTableProps, type TableSelection } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import type { CompanyMatching, ContactMatching } from "../schema";
import { BulkActs } from "./bulk-acts";
import { isPending } from "./pending-record";
import { TagActs } from "./tag-acts";
import type { AddDialogState } from "./use-add-dialog";

const LISTS = {
  company: { many: "companies", label: "Company", nouns: { one: "company", many: "companies" } },
  contact: { many: "contacts", label: "Contact", nouns: { one: "contact", many: "contacts" } },
} as const;

type RecordsPageProps<Item extends { id: string }> = Required<
  Pick<DataTableProps<Item>, "columns" | "address" | "rowName" | "search" | "filters">
> & {
  kind: keyof typeof LISTS;
  heading: { title: string; description: string };
  /** Names in the address; the same array each time. */
  filterKeys: string[];
  query: {
    data: DataTableProps<Item>["page"];
    isPlaceholderData: boolean;
    error: unknown;
    refetch: () => Promise<unknown>;
  };
  total: number | undefined;
  /** What the list shows, for acts on all of it. */
  matching: CompanyMatching | ContactMatching;
  empty: { description: string; sample: ComponentProps<typeof SampleRows>["rows"] };
  peekOf: (id: string) => ReactNode;
  dialog: AddDialogState;
  /** Fetches the dialog when somebody comes near its button. */
  onNear: () => void;
  /** The dialog itself. */
  children: ReactNode;
};

export function RecordsPage<Item extends { id: string }>({
  kind,
  heading,
  filterKeys,
  query,
  total,
  matching,
  empty,
  peekOf,
  dialog,
  onNear,
  children,
  ...table
}: RecordsPageProps<Item>) {
  const { slug } = useTenancy().currentOrganization;
  const { many, label, nouns } = LISTS[kind];
  const peek = usePeek();
  const mayWrite = useMay("crm.write");
  const mayImport = useMay("import.create");
  const path = `/o/${slug}/${many}`;
  const adding = (
    <>
      {mayImport && (
        <Button asChild>
          <PageLink href={`/o/${slug}/imports/new?entity=${kind}`}>Import {many}</PageLink>
        </Button>
      )}
      {mayWrite && (
        <Button variant="primary" icon={<Plus aria-hidden />} shortcut="C" asChild>
          <PageLink
            href={`${path}/new`}
            data-adds={kind}
            aria-haspopup="dialog"
            onClick={dialog.follow}
            onFocus={onNear}
            onPointerEnter={onNear}
          >
            Add {kind}
          </PageLink>
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        {...heading}
        actions={
          <>
            {mayWrite && (
              <Button variant="ghost" asChild>
                <PageLink href={`${path}/duplicates`}>Find duplicates</PageLink>
              </Button>
            )}
            {adding}
          </>
        }
      />
      <DataTable<Item>
        {...table}
        nouns={nouns}
        defaultSort="-created"
        page={query.data}
        isStale={query.isPlaceholderData}
        failure={failureOf(query)}
        total={total}
        rowKey={({ id }) => id}
        rowHref={({ id }) => (isPending(id) ? path : `${path}/${id}`)}
        onRowClick={(event, { id }) => (isPending(id) ? event.preventDefault() : peek.follow(event, id))}
        isCurrent={({ id }) => id === peek.id}
        tools={
          <>
            <ViewMenu
              list={many}
              noun={many}
              columns={table.columns.map(({ key }) => key)}
              address={table.address}
            />
            <ExportButton list={many} nouns={nouns} filterKeys={filterKeys} />
          </>
        }
        {...(mayWrite && {
          bulk: (selection: TableSelection, clear: () => void) => (
            <BulkActs kind={kind} selection={selection} matching={matching} clear={clear}>
              {(run, isBusy) => <TagActs kind={kind} selection={selection} run={run} isBusy={isBusy} />}
            </BulkActs>
          ),
        })}
        empty={
          <EmptyState
            title={`No ${many} yet`}
            description={empty.description}
            sample={<SampleRows rows={empty.sample} />}
            action={<span className="flex flex-wrap justify-center gap-2">{adding}</span>}
          />
        }
      />
      <PeekPanel
        peek={peek}
        label={label}
        ids={query.data?.items.map(({ id }) => id).filter((id) => !isPending(id)) ?? []}
        href={(id) => `${path}/${id}`}
      >
        {peekOf}
      </PeekPanel>
      {mayWrite && dialog.isWanted && children}
    </>
  );
}
