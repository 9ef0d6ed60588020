"use client";
import { Pencil, Trash2 } from "lucide-react";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { PageHeader } from "~/ui/page-header";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { toast } from "~/ui/toast";
import { contactName } from "../rules";
import type { Contact } from "../schema";
import { CompanyPeek } from "./company-page";
import { ContactDetails } from "./contact-details";
import { RecordTags } from "./record-tags";
import { RecordTimeline } from "./record-timeline";

export function ContactPage({ contact: given }: { contact: Contact }) {
  const { slug } = useTenancy().currentOrganization;
  const { data: contact } = api.crm.contacts.get.useQuery({ id: given.id }, { initialData: given });
  const mayWrite = useMay("crm.write");
  const remove = useDelete(contact);
  // Of the company: a look at it without leaving the contact.
  const peek = usePeek();
  const { id, company } = contact;
  return (
    <>
      <PageHeader
        title={contactName(contact)}
        description={[contact.jobTitle, company?.name].filter(Boolean).join(" · ")}
        actions={
          mayWrite && (
            <>
              <Button
                variant="ghost"
                icon={<Trash2 aria-hidden />}
                loading={remove.isPending}
                onClick={() => remove.mutate({ id })}
              >
                Delete contact
              </Button>
              <Button icon={<Pencil aria-hidden />} asChild>
                <NextLink href={`/o/${slug}/contacts/${id}/edit`}>Edit contact</NextLink>
              </Button>
            </>
          )
        }
      >
        <RecordTags of={{ kind: "contact", id }} tags={contact.tags} />
      </PageHeader>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card>
          <CardHeader title="About" />
          <CardBody className="py-1.5">
            <ContactDetails contact={contact} peek={peek} />
          </CardBody>
        </Card>
        <RecordTimeline of={{ kind: "contact", id }} />
      </div>
      <PeekPanel
        peek={peek}
        label="Company"
        ids={company ? [company.id] : []}
        href={(companyId) => `/o/${slug}/companies/${companyId}`}
      >
        {(companyId) => <CompanyPeek id={companyId} />}
      </PeekPanel>
    </>
  );
}

/** At the side of a list. May suspend and may throw: the panel knows both. */
export function ContactPeek({ id }: { id: string }) {
  const [contact] = api.crm.contacts.get.useSuspenseQuery({ id });
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h2 className="text-lg font-semibold break-words text-ink">{contactName(contact)}</h2>
        <p className="text-base text-ink-soft">
          {[contact.jobTitle, contact.company?.name].filter(Boolean).join(" · ")}
        </p>
      </div>
      <RecordTags of={{ kind: "contact", id }} tags={contact.tags} />
      <ContactDetails key={id} contact={contact} />
      <RecordTimeline key={`${id} timeline`} of={{ kind: "contact", id }} />
    </div>
  );
}

/** Deletes at once and offers to undo it; the list is where one goes on. */
function useDelete(contact: Contact) {
  const router = useRouter();
  const { slug } = useTenancy().currentOrganization;
  const cache = api.useUtils().crm;
  const name = contactName(contact);
  const restore = api.crm.contacts.restore.useMutation({
    onSuccess: () => {
      void cache.invalidate();
      toast.success(`${name} is back.`);
      router.refresh();
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return api.crm.contacts.delete.useMutation({
    onSuccess: () => {
      void cache.contacts.list.invalidate();
      void cache.contacts.count.invalidate();
      void cache.companies.get.invalidate();
      router.push(`/o/${slug}/contacts`);
      router.refresh();
      toast.undo(`${name} was deleted.`, { onUndo: () => restore.mutate({ id: contact.id }) });
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
}
