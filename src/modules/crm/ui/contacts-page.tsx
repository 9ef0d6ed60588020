"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { listInput } from "~/kernel/paging";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { useTableAddress } from "~/ui/table-address";
import { contactName } from "../rules";
import { ContactListInput, type ContactItem } from "../schema";
import { ContactPeek } from "./contact-page";
import { contactColumns } from "./list-columns";
import { CONTACT_FILTERS, useOwnerFilter, useTagFilter } from "./list-filters";
import { CONTACTS } from "./list-headings";
import { RecordsPage } from "./records-page";
import { useAddDialog } from "./use-add-dialog";

const loadDialog = () => import("./add-contact-dialog").then((room) => room.AddContactDialog);
const AddContactDialog = dynamic(loadDialog, { ssr: false });

const EMPTY = {
  description: "Keep the people you are in touch with in one place. Add them one by one, or import a list.",
  sample: [
    { icon: <UserRound />, title: "Lena Brandt", detail: "lena@northwind.example", state: "Buyer" },
    { icon: <UserRound />, title: "Omar Khalid", detail: "omar@gulf.example", state: "Director" },
    { icon: <UserRound />, title: "Inès Duval", detail: "ines@duval.example", state: "Owner" },
  ],
};

/** Search, filters, order, columns, page and an open dialog are kept in the address. */
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
  const dialog = useAddDialog();
  return (
    <RecordsPage<ContactItem>
      kind="contact"
      heading={CONTACTS}
      address={address}
      filterKeys={CONTACT_FILTERS}
      filters={[ownerFilter, tagFilter]}
      search={{ label: "Search contacts", placeholder: "Name or mail address" }}
      columns={columns}
      rowName={contactName}
      query={page}
      total={count.data?.count}
      matching={{ search, owner, tag }}
      empty={EMPTY}
      peekOf={(id) => <ContactPeek id={id} />}
      dialog={dialog}
      onNear={() => void loadDialog().catch(() => undefined)}
    >
      <AddContactDialog
        dialog={dialog}
        input={input}
        isNarrowed={address.isFiltered || address.after !== null}
      />
    </RecordsPage>
  );
}
