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
import { countryName } from "../rules";
import { CreateCompanyInput, type Company } from "../schema";
import { showRefusal, type Refused } from "./form-refusal";
import { fieldLabel } from "./field-words";
import { OwnerSelect } from "./owner-select";
import { useUnsavedGuard } from "./unsaved-guard";

const FIELDS = [
  "name",
  "domain",
  "industry",
  "employeeCount",
  "phone",
  "city",
  "countryCode",
  "notes",
  "ownerId",
] as const;

/** Creates a company, or changes `company`. */
export function CompanyForm({ company }: { company?: Company }) {
  const router = useRouter();
  const { currentOrganization, user } = useTenancy();
  const path = `/o/${currentOrganization.slug}/companies`;
  const back = company ? `${path}/${company.id}` : path;
  const form = useForm({
    resolver: zodResolver(CreateCompanyInput),
    defaultValues: {
      name: company?.name ?? "",
      domain: company?.domain ?? "",
      industry: company?.industry ?? "",
      employeeCount: company?.employeeCount?.toString() ?? "",
      phone: company?.phone ?? "",
      city: company?.city ?? "",
      countryCode: company?.countryCode ? countryName(company.countryCode, "en") : "",
      notes: company?.notes ?? "",
      ownerId: company ? (company.owner?.id ?? "") : user.id,
    },
  });
  const { errors, isDirty, isReady, submitCount } = form.formState;
  const [refused, setRefused] = useState<Refused | null>(null);
  const cache = api.useUtils().crm.companies;
  const settled = {
    onSuccess: ({ id }: { id: string }) => {
      form.reset(form.getValues());
      void cache.invalidate();
      toast.success(company ? "Company saved." : "Company added.");
      router.push(`${path}/${id}`);
      router.refresh();
    },
    onError: (error: unknown) => setRefused(showRefusal(form, error, FIELDS)),
  };
  const create = api.crm.companies.create.useMutation(settled);
  const update = api.crm.companies.update.useMutation(settled);
  const isSaving = create.isPending || update.isPending;
  useUnsavedGuard(isDirty && !isSaving);
  const existing = refused?.existing;
  return (
    <Card aria-label={company ? "Company" : "New company"} className="max-w-3xl">
      <form
        noValidate
        // Sent before the page is awake, nothing of it may stand in the address.
        method="post"
        onSubmit={form.handleSubmit((values) => {
          setRefused(null);
          if (company) update.mutate({ ...values, id: company.id, updatedAt: company.updatedAt });
          else create.mutate(values);
        })}
      >
        <CardBody className="flex flex-col gap-5">
          <FormErrors
            title="The company was not saved"
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
          <Field id="name" label="Name" error={errors.name?.message} required>
            <Input autoComplete="off" {...form.register("name")} />
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field
              id="domain"
              label="Domain"
              optionalText="optional"
              error={errors.domain?.message}
              help="example.com; an address of the website works too."
            >
              <Input
                autoCapitalize="none"
                autoComplete="off"
                spellCheck={false}
                {...form.register("domain")}
              />
            </Field>
            <Field id="phone" label="Phone" optionalText="optional" error={errors.phone?.message}>
              <Input type="tel" autoComplete="off" {...form.register("phone")} />
            </Field>
            <Field id="industry" label="Industry" optionalText="optional" error={errors.industry?.message}>
              <Input autoComplete="off" {...form.register("industry")} />
            </Field>
            <Field
              id="employeeCount"
              label="Employees"
              optionalText="optional"
              error={errors.employeeCount?.message}
            >
              <Input inputMode="numeric" autoComplete="off" {...form.register("employeeCount")} />
            </Field>
            <Field id="city" label="City" optionalText="optional" error={errors.city?.message}>
              <Input autoComplete="off" {...form.register("city")} />
            </Field>
            <Field
              id="countryCode"
              label="Country"
              optionalText="optional"
              error={errors.countryCode?.message}
              help="Name or two-letter code."
            >
              <Input autoComplete="off" {...form.register("countryCode")} />
            </Field>
          </div>
          <Field id="ownerId" label="Owner" error={errors.ownerId?.message} help="Who looks after it.">
            <Controller
              control={form.control}
              name="ownerId"
              render={({ field: { value, onChange } }) => (
                <OwnerSelect value={value ?? ""} onChange={onChange} known={company?.owner ?? null} />
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
            {company ? "Save company" : "Add company"}
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
