"use client";
/** What the forms of companies and contacts have alike: the frame, what was refused, the buttons. */
import { useState, type FormEvent, type ReactNode } from "react";
import type { FieldErrors, FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useTenancy } from "~/modules/tenancy/ui";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter } from "~/ui/card";
import { FormErrors } from "~/ui/form-errors";
import { Link } from "~/ui/link";
import { PageLink } from "~/ui/page-link";
import type { RecordKind } from "../rules";
import { fieldLabel } from "./field-words";
import { showRefusal, type Refused } from "./form-refusal";

/** How a form stands. Read where the form is made: its fields may be drawn elsewhere. */
export type FormStanding = {
  problems: { field?: string; label?: string; message: string }[];
  existing: Refused["existing"];
  attempt: number;
  isDirty: boolean;
  isReady: boolean;
  /** Puts what the server refused beside the fields. */
  refuse: (error: unknown) => void;
  /** Before it is sent again. */
  forget: () => void;
};

export function useFormStanding<T extends FieldValues, C, O extends FieldValues>(
  form: UseFormReturn<T, C, O>,
  fields: readonly Path<T>[],
): FormStanding {
  const { errors, isDirty, isReady, submitCount } = form.formState;
  const [refused, setRefused] = useState<Refused | null>(null);
  return {
    problems: [
      ...(refused?.message ? [{ message: refused.message }] : []),
      ...(submitCount > 0 ? fields.flatMap((field) => problemOf(errors, field)) : []),
    ],
    existing: refused?.existing ?? null,
    attempt: submitCount,
    isDirty,
    isReady,
    refuse: (error) => setRefused(showRefusal(form, error, fields)),
    forget: () => setRefused(null),
  };
}

function problemOf<T extends FieldValues>(errors: FieldErrors<T>, field: Path<T>) {
  const message = errors[field]?.message;
  return typeof message === "string" && message !== "" ? [{ field, label: fieldLabel(field), message }] : [];
}

type FrameProps = {
  kind: RecordKind;
  isNew: boolean;
  standing: FormStanding;
  isSaving?: boolean;
  onSubmit: (event: FormEvent) => void;
  /** In a dialog, which has its own frame; elsewhere, where Cancel leads. */
  cancel: { href: string } | { onCancel: () => void };
  className?: string;
  children: ReactNode;
};

export function RecordFormFrame({
  kind,
  isNew,
  standing,
  isSaving = false,
  onSubmit,
  cancel,
  className,
  children,
}: FrameProps) {
  const { slug } = useTenancy().currentOrganization;
  const { existing, problems, attempt, isDirty, isReady } = standing;
  const many = kind === "company" ? "companies" : "contacts";
  const fields = (
    <>
      <FormErrors title={`The ${kind} was not saved`} attempt={attempt} errors={problems} />
      {existing && (
        <p className="text-sm">
          <Link href={`/o/${slug}/${many}/${existing.id}`}>Open {existing.name}</Link>
        </p>
      )}
      {children}
    </>
  );
  const save = (
    <Button type="submit" variant="primary" disabled={!isReady} loading={isSaving}>
      {isNew ? `Add ${kind}` : `Save ${kind}`}
    </Button>
  );
  const form = {
    noValidate: true,
    // Sent before the page is awake, nothing of it may stand in the address.
    method: "post",
    onSubmit,
  };
  if ("onCancel" in cancel) {
    return (
      <form {...form} className="flex flex-col gap-5">
        {fields}
        <div className="-mx-5 -mb-5 flex justify-end gap-2 border-t border-line px-5 py-3">
          <Button variant="ghost" onClick={cancel.onCancel}>
            Cancel
          </Button>
          {save}
        </div>
      </form>
    );
  }
  return (
    <Card aria-label={`${isNew ? "New " : ""}${kind}`} className={className}>
      <form {...form}>
        <CardBody className="flex flex-col gap-5">{fields}</CardBody>
        <CardFooter hint={isDirty ? "Not saved yet." : undefined}>
          <Button variant="ghost" asChild>
            <PageLink href={cancel.href}>Cancel</PageLink>
          </Button>
          {save}
        </CardFooter>
      </form>
    </Card>
  );
}
