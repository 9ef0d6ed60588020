"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Textarea } from "~/ui/textarea";
import { toast } from "~/ui/toast";
import { CreateContactInput, type Contact } from "../schema";
import { CompanyPicker } from "./company-picker";
import { OwnerSelect } from "./owner-select";
import { registered } from "./registered";
import { RecordFormFrame, useFormStanding } from "./record-form-frame";
import { useUnsavedGuard } from "./unsaved-guard";

const FIELDS = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "jobTitle",
  "companyId",
  "notes",
  "ownerId",
] as const;

type Workplace = { id: string; name: string } | null;

/** What is typed and how it stands, apart from where the fields are drawn. `company`: where it was begun. */
export function useContactForm(contact?: Contact, company: Workplace = null) {
  const { user } = useTenancy();
  const [picked, setPicked] = useState(contact ? contact.company : company);
  const form = useForm({
    resolver: zodResolver(CreateContactInput),
    defaultValues: {
      firstName: contact?.firstName ?? "",
      lastName: contact?.lastName ?? "",
      email: contact?.email ?? "",
      phone: contact?.phone ?? "",
      jobTitle: contact?.jobTitle ?? "",
      companyId: picked?.id ?? "",
      notes: contact?.notes ?? "",
      ownerId: contact ? (contact.owner?.id ?? "") : user.id,
    },
  });
  const { errors } = form.formState;
  const standing = useFormStanding(form, FIELDS);
  return { form, errors, standing, picked, setPicked };
}

type ContactFormOf = ReturnType<typeof useContactForm>;

export function ContactFields({
  of: { form, errors, picked, setPicked },
  contact,
}: {
  of: ContactFormOf;
  contact?: Contact | undefined;
}) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field id="firstName" label="First name" error={errors.firstName?.message}>
          <Input autoComplete="off" {...registered(form, "firstName")} />
        </Field>
        <Field id="lastName" label="Last name" error={errors.lastName?.message}>
          <Input autoComplete="off" {...registered(form, "lastName")} />
        </Field>
        <Field id="email" label="Mail address" error={errors.email?.message}>
          <Input type="email" autoComplete="off" {...registered(form, "email")} />
        </Field>
        <Field id="phone" label="Phone" optionalText="optional" error={errors.phone?.message}>
          <Input type="tel" autoComplete="off" {...registered(form, "phone")} />
        </Field>
        <Field id="companyId" label="Company" optionalText="optional" error={errors.companyId?.message}>
          <Controller
            control={form.control}
            name="companyId"
            render={({ field: { onChange } }) => (
              <CompanyPicker
                value={picked}
                onChange={(next) => {
                  setPicked(next);
                  onChange(next?.id ?? "");
                }}
              />
            )}
          />
        </Field>
        <Field id="jobTitle" label="Job title" optionalText="optional" error={errors.jobTitle?.message}>
          <Input autoComplete="off" {...registered(form, "jobTitle")} />
        </Field>
      </div>
      <Field id="ownerId" label="Owner" error={errors.ownerId?.message} help="Who is in touch.">
        <Controller
          control={form.control}
          name="ownerId"
          render={({ field: { value, onChange } }) => (
            <OwnerSelect value={value ?? ""} onChange={onChange} known={contact?.owner ?? null} />
          )}
        />
      </Field>
      <Field id="notes" label="Description" optionalText="optional" error={errors.notes?.message}>
        <Textarea rows={4} {...registered(form, "notes")} />
      </Field>
    </>
  );
}

/** Creates a contact, of `company` when it was begun there, or changes `contact`, as a page of its own. */
export function ContactForm({ contact, company = null }: { contact?: Contact; company?: Workplace }) {
  const router = useRouter();
  const path = `/o/${useTenancy().currentOrganization.slug}/contacts`;
  const of = useContactForm(contact, company);
  const { form, standing } = of;
  const cache = api.useUtils().crm;
  const settled = {
    onSuccess: ({ id }: { id: string }) => {
      form.reset(form.getValues());
      void cache.contacts.invalidate();
      void cache.companies.get.invalidate();
      toast.success(contact ? "Contact saved." : "Contact added.");
      router.push(`${path}/${id}`);
      router.refresh();
    },
    onError: standing.refuse,
  };
  const create = api.crm.contacts.create.useMutation(settled);
  const update = api.crm.contacts.update.useMutation(settled);
  const isSaving = create.isPending || update.isPending;
  useUnsavedGuard(standing.isDirty && !isSaving);
  return (
    <RecordFormFrame
      kind="contact"
      isNew={!contact}
      standing={standing}
      isSaving={isSaving}
      cancel={{ href: contact ? `${path}/${contact.id}` : path }}
      // The list of companies hangs over its edge.
      className="max-w-3xl overflow-visible"
      onSubmit={form.handleSubmit((values) => {
        standing.forget();
        if (contact) update.mutate({ ...values, id: contact.id, updatedAt: contact.updatedAt });
        else create.mutate(values);
      })}
    >
      <ContactFields of={of} contact={contact} />
    </RecordFormFrame>
  );
}
