"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import type { CompanyItem, CompanyListInput, CreateCompanyInput } from "../schema";
import { AddDialogFrame } from "./add-dialog-frame";
import { CompanyFields, useCompanyForm } from "./company-form";
import { NEW_COMPANY } from "./list-headings";
import { RecordFormFrame } from "./record-form-frame";
import { useUnsavedGuard } from "./unsaved-guard";
import type { AddDialogState } from "./use-add-dialog";
import { useAddRecord } from "./use-add-record";
import { useOwnerOf } from "./use-owner-of";

/** Adds a company to the list on screen. Closed by Escape, it keeps what was typed until the page is left. */
export function AddCompanyDialog({
  dialog,
  input,
  isNarrowed,
}: {
  dialog: AddDialogState;
  /** What the list on screen was asked with. */
  input: CompanyListInput;
  /** Filtered, or beyond its first page: a new company need not be in it. */
  isNarrowed: boolean;
}) {
  const { slug } = useTenancy().currentOrganization;
  const of = useCompanyForm();
  const { form, standing } = of;
  const ownerOf = useOwnerOf();
  const { list, count } = api.useUtils().crm.companies;
  const { search, owner, country, tag } = input;
  const create = api.crm.companies.create.useMutation();
  const remove = api.crm.companies.delete.useMutation();
  useUnsavedGuard(standing.isDirty);
  const add = useAddRecord<CreateCompanyInput, CompanyItem>({
    kind: "company",
    path: `/o/${slug}/companies`,
    isShown: !isNarrowed,
    hold: () => list.cancel(input),
    changePage: (change) => list.setData(input, (page) => page && change(page)),
    changeCount: (by) =>
      count.setData({ search, owner, country, tag }, (now) => now && { count: now.count + by }),
    create: (values) => create.mutateAsync(values),
    remove: (id) => remove.mutateAsync({ id }),
  });
  const send = form.handleSubmit((values) => {
    const typed = form.getValues();
    standing.forget();
    form.reset(undefined, { keepSubmitCount: true });
    dialog.close();
    const now = new Date();
    const item = {
      name: values.name,
      domain: values.domain ?? null,
      industry: values.industry ?? null,
      employeeCount: values.employeeCount ?? null,
      city: values.city ?? null,
      countryCode: values.countryCode ?? null,
      phone: values.phone ?? null,
      owner: ownerOf(values.ownerId),
      tags: [],
      createdAt: now,
      updatedAt: now,
    };
    void add(
      item.name,
      values,
      (id) => ({ id, ...item }),
      (error) => {
        form.reset(typed, { keepDefaultValues: true, keepSubmitCount: true });
        standing.refuse(error);
        dialog.open();
      },
    );
  });
  return (
    <AddDialogFrame dialog={dialog} {...NEW_COMPANY}>
      <RecordFormFrame
        kind="company"
        isNew
        standing={standing}
        cancel={{
          onCancel: () => {
            form.reset();
            standing.forget();
            dialog.close();
          },
        }}
        onSubmit={(event) => void send(event)}
      >
        <CompanyFields of={of} />
      </RecordFormFrame>
    </AddDialogFrame>
  );
}
