"use client";
/** The fields of a contact, each changed where it stands. */
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { IconButton } from "~/ui/icon-button";
import { Link } from "~/ui/link";
import type { Peek } from "~/ui/peek-panel";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import { CreateContactInput, type Contact, type UpdateContactInput } from "../schema";
import { CompanyPicker } from "./company-picker";
import { ConflictDialog } from "./conflict-dialog";
import { EditableValue } from "./editable-value";
import { fieldLabel } from "./field-words";
import { ownerName } from "./owner-name";
import { OwnerValue } from "./owner-value";
import { useFieldSave } from "./use-field-save";
import { useRecordCalls } from "./use-record-calls";

const NONE = <span className="text-ink-faint">Not given</span>;
const FIELDS = CreateContactInput.shape;
type TextField = "firstName" | "lastName" | "email" | "phone" | "jobTitle" | "notes";
type Values = { id: string } & Partial<Record<TextField | "ownerId" | "companyId", string | null>>;

function useContactSave({ id }: Contact) {
  const { get } = api.useUtils().crm.contacts;
  const update = api.crm.contacts.update.useMutation();
  const { refresh } = useRecordCalls("contact");
  return useFieldSave<Contact, Values>({
    read: () => get.getData({ id }),
    write: (contact) => get.setData({ id }, contact),
    fetch: () => get.fetch({ id }, { staleTime: 0 }),
    update: (values) => update.mutateAsync(values as UpdateContactInput),
    settled: refresh,
  });
}

/** `peek`: opens the company beside the page. */
export function ContactDetails({ contact, peek }: { contact: Contact; peek?: Peek }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayEdit = useMay("crm.write");
  const { save, conflict } = useContactSave(contact);
  const { id, company } = contact;

  const text = (
    field: TextField,
    shown: React.ReactNode,
    how: { isLong?: boolean; type?: "tel" | "email" } = {},
  ) => {
    const was = contact[field];
    return {
      key: field,
      term: fieldLabel(field),
      value: (
        <EditableValue
          label={fieldLabel(field)}
          text={was ?? ""}
          rule={FIELDS[field]}
          mayEdit={mayEdit}
          {...how}
          onSave={(given) =>
            save({
              label: fieldLabel(field),
              values: { id, [field]: given },
              patch: { [field]: FIELDS[field].parse(given) ?? null },
              back: { values: { id, [field]: was }, patch: { [field]: was } },
              shown: (record) => record[field],
            })
          }
        >
          {was === null ? NONE : shown}
        </EditableValue>
      ),
    };
  };

  return (
    <>
      <DescriptionList
        layout="stacked"
        items={[
          text("firstName", contact.firstName),
          text("lastName", contact.lastName),
          text("email", <Link href={`mailto:${contact.email}`}>{contact.email}</Link>, { type: "email" }),
          text("phone", contact.phone, { type: "tel" }),
          text("jobTitle", contact.jobTitle),
          {
            key: "companyId",
            term: "Company",
            value: (
              <CompanyValue
                company={company}
                href={company && `/o/${slug}/companies/${company.id}`}
                {...(peek && { peek })}
                mayEdit={mayEdit}
                onChange={(picked) =>
                  save({
                    label: "Company",
                    values: { id, companyId: picked?.id ?? null },
                    patch: { company: picked },
                    back: { values: { id, companyId: company?.id ?? null }, patch: { company } },
                    shown: (record) => record.company?.name ?? null,
                  })
                }
              />
            ),
          },
          {
            key: "ownerId",
            term: "Owner",
            value: (
              <OwnerValue
                owner={contact.owner}
                mayEdit={mayEdit}
                onChange={(owner) =>
                  save({
                    label: "Owner",
                    values: { id, ownerId: owner?.id ?? null },
                    patch: { owner },
                    back: {
                      values: { id, ownerId: contact.owner?.id ?? null },
                      patch: { owner: contact.owner },
                    },
                    shown: (record) => ownerName(record.owner),
                  })
                }
              />
            ),
          },
          text("notes", <span className="whitespace-pre-wrap">{contact.notes}</span>, { isLong: true }),
          {
            key: "created",
            term: "Added",
            value: <RelativeTime at={contact.createdAt} timeZone={timeZone} />,
          },
          ...(contact.importId
            ? [
                {
                  key: "import",
                  term: "Came by",
                  value: <Link href={`/o/${slug}/imports/${contact.importId}`}>an import</Link>,
                },
              ]
            : []),
          { key: "id", term: "Id", value: <CopyId value={contact.id} label="Copy contact id" /> },
        ]}
      />
      <ConflictDialog conflict={conflict} />
    </>
  );
}

type Picked = { id: string; name: string } | null;

function CompanyValue({
  company,
  href,
  peek,
  mayEdit,
  onChange,
}: {
  company: Picked;
  href: string | null;
  peek?: Peek;
  mayEdit: boolean;
  onChange: (picked: Picked) => Promise<string | null>;
}) {
  const [isPicking, setIsPicking] = useState(false);
  const shown =
    company && href ? (
      <Link href={href} {...(peek && { onClick: (event) => peek.follow(event, company.id) })}>
        {company.name}
      </Link>
    ) : (
      NONE
    );
  if (!mayEdit) return shown;
  if (!isPicking) {
    return (
      <span className="flex items-center justify-between gap-2">
        {shown}
        <IconButton
          size="small"
          label="Change company"
          icon={<Pencil />}
          onClick={() => setIsPicking(true)}
        />
      </span>
    );
  }
  return (
    <span className="flex flex-col gap-1.5">
      <CompanyPicker
        label="Company"
        value={company}
        onChange={(picked) => {
          setIsPicking(false);
          void onChange(picked).then((refused) => refused && toast.error(refused));
        }}
      />
      <Button size="small" variant="ghost" className="self-start" onClick={() => setIsPicking(false)}>
        Cancel
      </Button>
    </span>
  );
}
