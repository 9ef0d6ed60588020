"use client";
import { Plus, UserRound } from "lucide-react";
import NextLink from "next/link";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { contactName } from "../rules";
import type { ContactItem, ContactListInput } from "../schema";
import { ownerName } from "./owner-name";
import { RecordList } from "./record-list";

/** `input` comes from the address, where filters, order and page are kept. */
export function ContactsPage({ input }: { input: ContactListInput }) {
  const { currentOrganization } = useTenancy();
  const { slug, timeZone } = currentOrganization;
  const { search, owner } = input;
  const [page] = api.crm.contacts.list.useSuspenseQuery(input);
  const [{ count }] = api.crm.contacts.count.useSuspenseQuery({ search, owner });
  const mayWrite = useMay("crm.write");
  const mayImport = useMay("import.create");
  const path = `/o/${slug}/contacts`;
  const buttons = (
    <>
      {mayImport && (
        <Button asChild>
          <NextLink href={`/o/${slug}/imports/new?entity=contact`}>Import contacts</NextLink>
        </Button>
      )}
      {mayWrite && (
        <Button variant="primary" icon={<Plus aria-hidden />} asChild>
          <NextLink href={`${path}/new`}>Add contact</NextLink>
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        title="Contacts"
        description="People you are in touch with, and where they work."
        actions={buttons}
      />
      <RecordList<ContactItem>
        nouns={{ one: "contact", many: "contacts" }}
        searchHint="Name or mail address"
        input={input}
        page={page}
        count={count}
        rowHref={({ id }) => `${path}/${id}`}
        columns={(sortBy) => [
          { key: "name", label: "Name", sort: sortBy("name"), cell: contactName },
          { key: "email", label: "Mail address", width: "26%", cell: ({ email }) => email },
          {
            key: "company",
            label: "Company",
            width: "20%",
            cell: ({ company }) =>
              company && (
                <Link look="quiet" href={`/o/${slug}/companies/${company.id}`}>
                  {company.name}
                </Link>
              ),
          },
          { key: "title", label: "Job title", width: "16%", from: "wider", cell: ({ jobTitle }) => jobTitle },
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
            action={<span className="flex flex-wrap justify-center gap-2">{buttons}</span>}
          />
        }
      />
    </>
  );
}
