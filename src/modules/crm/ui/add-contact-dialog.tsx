"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { contactName } from "../rules";
import type { ContactItem, ContactListInput, CreateContactInput } from "../schema";
import { AddDialogFrame } from "./add-dialog-frame";
import { ContactFields, useContactForm } from "./contact-form";
import { NEW_CONTACT } from "./list-headings";
import { RecordFormFrame } from "./record-form-frame";
import { useUnsavedGuard } from "./unsaved-guard";
import type { AddDialogState } from "./use-add-dialog";
import { useAddRecord } from "./use-add-record";
import { useOwnerOf } from "./use-owner-of";

/** Adds a contact to the list on screen. Closed by Escape, it keeps what was typed until the page is left. */
export function AddContactDialog({
  dialog,
  input,
  isNarrowed,
}: {
  dialog: AddDialogState;
  /** What the list on screen was asked with. */
  input: ContactListInput;
  /** Filtered, or beyond its first page: a new contact need not be in it. */
  isNarrowed: boolean;
}) {
  const { slug } = useTenancy().currentOrganization;
  const of = useContactForm();
  const { form, standing, picked, setPicked } = of;
  const ownerOf = useOwnerOf();
  const { list, count } = api.useUtils().crm.contacts;
  const { search, owner, tag } = input;
  const create = api.crm.contacts.create.useMutation();
  const remove = api.crm.contacts.delete.useMutation();
  useUnsavedGuard(standing.isDirty);
  const clear = () => {
    form.reset(undefined, { keepSubmitCount: true });
    setPicked(null);
  };
  const add = useAddRecord<CreateContactInput, ContactItem>({
    kind: "contact",
    path: `/o/${slug}/contacts`,
    isShown: !isNarrowed,
    hold: () => list.cancel(input),
    changePage: (change) => list.setData(input, (page) => page && change(page)),
    changeCount: (by) => count.setData({ search, owner, tag }, (now) => now && { count: now.count + by }),
    create: (values) => create.mutateAsync(values),
    remove: (id) => remove.mutateAsync({ id }),
  });
  const send = form.handleSubmit((values) => {
    const typed = form.getValues();
    const workplace = picked;
    standing.forget();
    clear();
    dialog.close();
    const now = new Date();
    const item = {
      firstName: values.firstName ?? null,
      lastName: values.lastName ?? null,
      email: values.email ?? null,
      phone: values.phone ?? null,
      jobTitle: values.jobTitle ?? null,
      company: workplace,
      owner: ownerOf(values.ownerId),
      tags: [],
      createdAt: now,
      updatedAt: now,
    };
    void add(
      contactName(item),
      values,
      (id) => ({ id, ...item }),
      (error) => {
        form.reset(typed, { keepDefaultValues: true, keepSubmitCount: true });
        setPicked(workplace);
        standing.refuse(error);
        dialog.open();
      },
    );
  });
  return (
    <AddDialogFrame dialog={dialog} {...NEW_CONTACT}>
      <RecordFormFrame
        kind="contact"
        isNew
        standing={standing}
        cancel={{
          onCancel: () => {
            clear();
            standing.forget();
            dialog.close();
          },
        }}
        onSubmit={(event) => void send(event)}
      >
        <ContactFields of={of} />
      </RecordFormFrame>
    </AddDialogFrame>
  );
}
