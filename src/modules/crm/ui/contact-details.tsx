"use client";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { Link } from "~/ui/link";
import type { Peek } from "~/ui/peek-panel";
import { toast } from "~/ui/toast";
import { CreateContactInput, type Contact, type UpdateContactInput } from "../schema";
import { CompanyPicker } from "./company-picker";
import { NONE, RecordDetails } from "./record-details";
import { useRecordCalls } from "./use-record-calls";

/** `peek`: opens the company beside the page. */
export function ContactDetails({ contact, peek }: { contact: Contact; peek?: Peek }) {
  const { slug } = useTenancy().currentOrganization;
  const mayEdit = useMay("crm.write");
  const { get } = api.useUtils().crm.contacts;
  const update = api.crm.contacts.update.useMutation();
  const { refresh } = useRecordCalls("contact");
  const { id, company, email } = contact;
  return (
    <RecordDetails
      kind="contact"
      record={contact}
      rules={CreateContactInput.shape}
      port={{
        read: () => get.getData({ id }),
        write: (version) => get.setData({ id }, version),
        fetch: () => get.fetch({ id }, { staleTime: 0 }),
        update: (values) => update.mutateAsync(values as UpdateContactInput),
        settled: refresh,
      }}
      items={(text, save) => [
        text("firstName", contact.firstName),
        text("lastName", contact.lastName),
        text("email", <Link href={`mailto:${email}`}>{email}</Link>, { type: "email" }),
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
                  shown: (version) => version.company?.name ?? null,
                })
              }
            />
          ),
        },
      ]}
    />
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
