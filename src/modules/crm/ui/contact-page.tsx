"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { contactName } from "../rules";
import type { Contact } from "../schema";
import { CompanyPeek } from "./company-page";
import { ContactDetails } from "./contact-details";
import { RecordPageFrame, RecordPeekFrame } from "./record-frame";

const headOf = (contact: Contact) => ({
  of: { kind: "contact" as const, id: contact.id },
  title: contactName(contact),
  description: [contact.jobTitle, contact.company?.name],
  tags: contact.tags,
});

export function ContactPage({ contact: given }: { contact: Contact }) {
  const { slug } = useTenancy().currentOrganization;
  const { data: contact } = api.crm.contacts.get.useQuery({ id: given.id }, { initialData: given });
  // Of the company: a look at it without leaving the contact.
  const peek = usePeek();
  return (
    <>
      <RecordPageFrame {...headOf(contact)} details={<ContactDetails contact={contact} peek={peek} />} />
      <PeekPanel
        peek={peek}
        label="Company"
        ids={contact.company ? [contact.company.id] : []}
        href={(companyId) => `/o/${slug}/companies/${companyId}`}
      >
        {(companyId) => <CompanyPeek id={companyId} />}
      </PeekPanel>
    </>
  );
}

/** May suspend and may throw: the panel knows both. */
export function ContactPeek({ id }: { id: string }) {
  const [contact] = api.crm.contacts.get.useSuspenseQuery({ id });
  return <RecordPeekFrame key={id} {...headOf(contact)} details={<ContactDetails contact={contact} />} />;
}
