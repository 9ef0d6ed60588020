"use client";
/** The people at a company: shown, added, linked and unlinked. */
import { Unlink } from "lucide-react";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { DataList } from "~/ui/data-list";
import { Dialog, DialogContent } from "~/ui/dialog";
import { IconButton } from "~/ui/icon-button";
import { Input } from "~/ui/input";
import { PageLink } from "~/ui/page-link";
import { toast } from "~/ui/toast";
import { contactName } from "../rules";
import { CONTACTS_SHOWN, type Company, type ContactItem } from "../schema";
import { useRecordCalls } from "./use-record-calls";

export function CompanyContacts({ company }: { company: Company }) {
  const { slug } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const [isLinking, setIsLinking] = useState(false);
  const { data } = api.crm.contacts.list.useQuery({
    companyId: company.id,
    sort: "name",
    limit: CONTACTS_SHOWN,
  });
  const contacts = `/o/${slug}/contacts`;
  const { refresh, undo } = useRecordCalls("contact");
  const update = api.crm.contacts.bulkUpdate.useMutation({
    onError: (error) => toast.error(refusalOf(error).message),
  });
  const move = async (contact: ContactItem, companyId: string | null) => {
    const { batchId } = await update.mutateAsync({ ids: [contact.id], companyId });
    refresh();
    toast.undo(`${contactName(contact)} ${companyId ? "linked" : "unlinked"}.`, {
      onUndo: () => void undo({ batchId }).then(refresh),
    });
  };
  return (
    <Card>
      <CardHeader
        title="Contacts"
        description={
          company.contactCount > CONTACTS_SHOWN
            ? `The first ${CONTACTS_SHOWN} of ${company.contactCount.toLocaleString("en")}.`
            : undefined
        }
        actions={
          mayWrite && (
            <>
              <Button size="small" variant="ghost" onClick={() => setIsLinking(true)}>
                Link contact
              </Button>
              <Button size="small" asChild>
                <PageLink href={`${contacts}/new?company=${company.id}`}>Add contact</PageLink>
              </Button>
            </>
          )
        }
      />
      {data?.items.length === 0 ? (
        <CardBody>
          <p className="text-ink-soft">Nobody here yet.</p>
        </CardBody>
      ) : (
        <DataList
          frame="plain"
          label={`Contacts of ${company.name}`}
          loadingRows={data ? 0 : 3}
          loadingText="Loading contacts"
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `${contacts}/${id}`}
          columns={[
            { key: "name", label: "Name", cell: contactName },
            { key: "title", label: "Job title", width: "26%", cell: ({ jobTitle }) => jobTitle },
            { key: "email", label: "Mail address", width: "36%", cell: ({ email }) => email },
            ...(mayWrite
              ? [
                  {
                    key: "unlink",
                    label: "Unlink",
                    labelHidden: true,
                    width: "3rem",
                    align: "end" as const,
                    cell: (contact: ContactItem) => (
                      <IconButton
                        size="small"
                        label={`Unlink ${contactName(contact)}`}
                        icon={<Unlink />}
                        onClick={() => void move(contact, null)}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {isLinking && (
        <LinkDialog
          companyId={company.id}
          onClose={() => setIsLinking(false)}
          onChosen={(contact) => {
            setIsLinking(false);
            void move(contact, company.id);
          }}
        />
      )}
    </Card>
  );
}

/** Finds a contact that is there already; one of another company moves from there. */
function LinkDialog({
  companyId,
  onClose,
  onChosen,
}: {
  companyId: string;
  onClose: () => void;
  onChosen: (contact: ContactItem) => void;
}) {
  const [search, setSearch] = useState("");
  const found = api.crm.contacts.list.useQuery(
    { search: search.trim(), sort: "name", limit: 8 },
    { placeholderData: (before) => before },
  );
  const others = found.data?.items.filter(({ company }) => company?.id !== companyId);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title="Link a contact"
        description="One that works elsewhere moves here; you can undo it."
      >
        <div className="flex flex-col gap-3">
          <Input
            autoFocus
            type="search"
            aria-label="Search contacts"
            placeholder="Name or mail address"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <ul aria-label="Contacts" className="flex max-h-80 flex-col overflow-y-auto">
            {others?.map((contact) => (
              <li key={contact.id}>
                <button
                  type="button"
                  className="flex min-h-row w-full items-center justify-between gap-3 rounded-md px-2 text-start hover:bg-ink/5"
                  onClick={() => onChosen(contact)}
                >
                  <span className="truncate">{contactName(contact)}</span>
                  <span className="truncate text-sm text-ink-soft">
                    {contact.company?.name ?? contact.email}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p role="status" className="text-sm text-ink-soft">
            {others?.length === 0 ? "No contact matches." : ""}
          </p>
        </div>
      </DialogContent>
    </Dialog>
  );
}
