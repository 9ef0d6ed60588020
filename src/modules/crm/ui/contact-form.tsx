"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { Input } from "~/ui/input";
import { Link } from "~/ui/link";
import { Textarea } from "~/ui/textarea";
import { toast } from "~/ui/toast";
import { CreateContactInput, type Contact } from "../schema";
import { CompanyPicker } from "./company-picker";
import { showRefusal, type Refused } from "./form-refusal";
import { fieldLabel } from "./field-words";
import { OwnerSelect } from "./owner-select";
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

/** Creates a contact, of `company` when it was begun there, or changes `contact`. */
export function ContactForm({
  contact,
  company = null,
}: {
  contact?: Contact;
  company?: { id: string; name: string } | null;
}) {
  const router = useRouter();
  const { currentOrganization, user } = useTenancy();
  const path = `/o/${currentOrganization.slug}/contacts`;
  const back = contact ? `${path}/${contact.id}` : path;
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
  const { errors, isDirty, isReady, submitCount } = form.formState;
  const [refused, setRefused] = useState<Refused | null>(null);
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
    onError: (error: unknown) => setRefused(showRefusal(form, error, FIELDS)),
  };
  const create = api.crm.contacts.create.useMutation(settled);
  const update = api.crm.contacts.update.useMutation(settled);
  const isSaving = create.isPending || update.isPending;
  useUnsavedGuard(isDirty && !isSaving);
  const existing = refused?.existing;
  return (
    <Card aria-label={contact ? "Contact" : "New contact"} className="max-w-3xl overflow-visible">
      <form
        noValidate
        // Sent before the page is awake, nothing of it may stand in the address.
        method="post"
        onSubmit={form.handleSubmit((values) => {
          setRefused(null);
          if (contact) update.mutate({ ...values, id: contact.id, updatedAt: contact.updatedAt });
          else create.mutate(values);
        })}
      >
        <CardBody className="flex flex-col gap-5">
          <FormErrors
            title="The contact was not saved"
            attempt={submitCount}
            errors={[
              ...(refused?.message ? [{ message: refused.message }] : []),
              ...FIELDS.flatMap((field) => {
                const message = errors[field]?.message;
                return submitCount > 0 && message ? [{ field, label: fieldLabel(field), message }] : [];
              }),
            ]}
          />
          {existing && (
            <p className="text-sm">
              <Link href={`${path}/${existing.id}`}>Open {existing.name}</Link>
            </p>
          )}
          <div className="grid gap-5 sm:grid-cols-2">
            <Field id="firstName" label="First name" error={errors.firstName?.message}>
              <Input autoComplete="off" {...form.register("firstName")} />
            </Field>
            <Field id="lastName" label="Last name" error={errors.lastName?.message}>
              <Input autoComplete="off" {...form.register("lastName")} />
            </Field>
            <Field id="email" label="Mail address" error={errors.email?.message}>
              <Input type="email" autoComplete="off" {...form.register("email")} />
            </Field>
            <Field id="phone" label="Phone" optionalText="optional" error={errors.phone?.message}>
              <Input type="tel" autoComplete="off" {...form.register("phone")} />
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
              <Input autoComplete="off" {...form.register("jobTitle")} />
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
            <Textarea rows={4} {...form.register("notes")} />
          </Field>
        </CardBody>
        <CardFooter hint={isDirty ? "Not saved yet." : undefined}>
          <Button variant="ghost" asChild>
            <NextLink href={back}>Cancel</NextLink>
          </Button>
          <Button type="submit" variant="primary" disabled={!isReady} loading={isSaving}>
            {contact ? "Save contact" : "Add contact"}
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
