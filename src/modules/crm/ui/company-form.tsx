"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { Controller, useForm } from "react-hook-form";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Textarea } from "~/ui/textarea";
import { toast } from "~/ui/toast";
import { countryName } from "../rules";
import { CreateCompanyInput, type Company } from "../schema";
import { OwnerSelect } from "./owner-select";
import { registered } from "./registered";
import { RecordFormFrame, useFormStanding } from "./record-form-frame";
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

/** What is typed and how it stands, apart from where the fields are drawn. */
export function useCompanyForm(company?: Company) {
  const { user } = useTenancy();
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
  const { errors } = form.formState;
  const standing = useFormStanding(form, FIELDS);
  return { form, errors, standing };
}

type CompanyFormOf = ReturnType<typeof useCompanyForm>;

export function CompanyFields({
  of: { form, errors },
  company,
}: {
  of: CompanyFormOf;
  company?: Company | undefined;
}) {
  return (
    <>
      <Field id="name" label="Name" error={errors.name?.message} required>
        <Input autoComplete="off" {...registered(form, "name")} />
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
            {...registered(form, "domain")}
          />
        </Field>
        <Field id="phone" label="Phone" optionalText="optional" error={errors.phone?.message}>
          <Input type="tel" autoComplete="off" {...registered(form, "phone")} />
        </Field>
        <Field id="industry" label="Industry" optionalText="optional" error={errors.industry?.message}>
          <Input autoComplete="off" {...registered(form, "industry")} />
        </Field>
        <Field
          id="employeeCount"
          label="Employees"
          optionalText="optional"
          error={errors.employeeCount?.message}
        >
          <Input inputMode="numeric" autoComplete="off" {...registered(form, "employeeCount")} />
        </Field>
        <Field id="city" label="City" optionalText="optional" error={errors.city?.message}>
          <Input autoComplete="off" {...registered(form, "city")} />
        </Field>
        <Field
          id="countryCode"
          label="Country"
          optionalText="optional"
          error={errors.countryCode?.message}
          help="Name or two-letter code."
        >
          <Input autoComplete="off" {...registered(form, "countryCode")} />
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
        <Textarea rows={4} {...registered(form, "notes")} />
      </Field>
    </>
  );
}

/** Creates a company, or changes `company`, as a page of its own. */
export function CompanyForm({ company }: { company?: Company }) {
  const router = useRouter();
  const path = `/o/${useTenancy().currentOrganization.slug}/companies`;
  const of = useCompanyForm(company);
  const { form, standing } = of;
  const cache = api.useUtils().crm.companies;
  const settled = {
    onSuccess: ({ id }: { id: string }) => {
      form.reset(form.getValues());
      void cache.invalidate();
      toast.success(company ? "Company saved." : "Company added.");
      router.push(`${path}/${id}`);
      router.refresh();
    },
    onError: standing.refuse,
  };
  const create = api.crm.companies.create.useMutation(settled);
  const update = api.crm.companies.update.useMutation(settled);
  const isSaving = create.isPending || update.isPending;
  useUnsavedGuard(standing.isDirty && !isSaving);
  return (
    <RecordFormFrame
      kind="company"
      isNew={!company}
      standing={standing}
      isSaving={isSaving}
      cancel={{ href: company ? `${path}/${company.id}` : path }}
      className="max-w-3xl"
      onSubmit={form.handleSubmit((values) => {
        standing.forget();
        if (company) update.mutate({ ...values, id: company.id, updatedAt: company.updatedAt });
        else create.mutate(values);
      })}
    >
      <CompanyFields of={of} company={company} />
    </RecordFormFrame>
  );
}
