"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { Plus, UserRound } from "lucide-react";
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
import { contactName } from "../rules";
import { ContactListInput, type ContactItem } from "../schema";
import { BulkActs } from "./bulk-acts";
import { ContactPeek } from "./contact-page";
import { contactColumns } from "./list-columns";
import { CONTACT_FILTERS, useOwnerFilter, useTagFilter } from "./list-filters";
import { TagActs } from "./tag-acts";
import { CONTACTS } from "./list-headings";

const NOUNS = { one: "contact", many: "contacts" };

/** Search, filters, order, columns and page are kept in the address. */
export function ContactsPage() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const address = useTableAddress(CONTACT_FILTERS);
  const input = listInput(ContactListInput, address.asked);
  const { search, owner, tag } = input;
  const page = api.crm.contacts.list.useQuery(input, { placeholderData: keepPreviousData });
  const count = api.crm.contacts.count.useQuery({ search, owner, tag });
  const ownerFilter = useOwnerFilter("contacts");
  const columns = useMemo(() => contactColumns({ slug, timeZone }), [slug, timeZone]);
  const tagFilter = useTagFilter();
  const peek = usePeek();
  const mayWrite = useMay("crm.write");
  const mayImport = useMay("import.create");
  const path = `/o/${slug}/contacts`;
  const adding = (
    <>
      {mayImport && (
        <Button asChild>
          <NextLink href={`/o/${slug}/imports/new?entity=contact`}>Import contacts</NextLink>
        </Button>
      )}
      {mayWrite && (
        <Button variant="primary" icon={<Plus aria-hidden />} shortcut="C" asChild>
          <NextLink href={`${path}/new`}>Add contact</NextLink>
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        {...CONTACTS}
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
      <DataTable<ContactItem>
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
        rowName={contactName}
        tools={
          <>
            <ViewMenu
              list="contacts"
              noun="contacts"
              columns={columns.map(({ key }) => key)}
              address={address}
            />
            <ExportButton list="contacts" nouns={NOUNS} filterKeys={CONTACT_FILTERS} />
          </>
        }
        search={{ label: "Search contacts", placeholder: "Name or mail address" }}
        filters={[ownerFilter, tagFilter]}
        {...(mayWrite && {
          bulk: (selection: TableSelection, clear: () => void) => (
            <BulkActs kind="contact" selection={selection} matching={{ search, owner, tag }} clear={clear}>
              {(run, isBusy) => <TagActs kind="contact" selection={selection} run={run} isBusy={isBusy} />}
            </BulkActs>
          ),
        })}
        empty={
          <EmptyState
            title="No contacts yet"
            description="Keep the people you are in touch with in one place. Add them one by one, or import a list."
            sample={
              <SampleRows
                rows={[
                  {
                    icon: <UserRound />,
                    title: "Lena Brandt",
                    detail: "lena@northwind.example",
                    state: "Buyer",
                  },
                  {
                    icon: <UserRound />,
                    title: "Omar Khalid",
                    detail: "omar@gulf.example",
                    state: "Director",
                  },
                  { icon: <UserRound />, title: "Inès Duval", detail: "ines@duval.example", state: "Owner" },
                ]}
              />
            }
            action={<span className="flex flex-wrap justify-center gap-2">{adding}</span>}
          />
        }
      />
      <PeekPanel
        peek={peek}
        label="Contact"
        ids={page.data?.items.map(({ id }) => id) ?? []}
        href={(id) => `${path}/${id}`}
      >
        {(id) => <ContactPeek id={id} />}
      </PeekPanel>
    </>
  );
}
