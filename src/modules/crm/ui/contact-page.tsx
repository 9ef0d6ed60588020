"use client";
import { Pencil, Trash2 } from "lucide-react";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import { contactName } from "../rules";
import type { Contact } from "../schema";
import { ownerName } from "./owner-name";

const none = <span className="text-ink-faint">Not given</span>;

export function ContactPage({ contact: given }: { contact: Contact }) {
  const { currentOrganization } = useTenancy();
  const { slug, timeZone } = currentOrganization;
  const { data: contact } = api.crm.contacts.get.useQuery({ id: given.id }, { initialData: given });
  const mayWrite = useMay("crm.write");
  const remove = useDelete(contact);
  const { company } = contact;
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
                onClick={() => remove.mutate({ id: contact.id })}
              >
                Delete contact
              </Button>
              <Button variant="primary" icon={<Pencil aria-hidden />} asChild>
                <NextLink href={`/o/${slug}/contacts/${contact.id}/edit`}>Edit contact</NextLink>
              </Button>
            </>
          )
        }
      />
      <Card className="max-w-3xl">
        <CardHeader title="About" />
        <CardBody className="py-1.5">
          <DescriptionList
            items={[
              {
                term: "Mail address",
                value: contact.email ? <Link href={`mailto:${contact.email}`}>{contact.email}</Link> : none,
              },
              { term: "Phone", value: contact.phone ?? none },
              {
                term: "Company",
                value: company ? (
                  <Link href={`/o/${slug}/companies/${company.id}`}>{company.name}</Link>
                ) : (
                  none
                ),
              },
              { term: "Job title", value: contact.jobTitle ?? none },
              { term: "Owner", value: ownerName(contact.owner) },
              {
                term: "Notes",
                value: contact.notes ? <span className="whitespace-pre-wrap">{contact.notes}</span> : none,
              },
              { term: "Added", value: <RelativeTime at={contact.createdAt} timeZone={timeZone} /> },
              ...(contact.importId
                ? [
                    {
                      term: "Came by",
                      value: <Link href={`/o/${slug}/imports/${contact.importId}`}>an import</Link>,
                    },
                  ]
                : []),
              { term: "Id", value: <CopyId value={contact.id} label="Copy contact id" /> },
            ]}
          />
        </CardBody>
      </Card>
    </>
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
