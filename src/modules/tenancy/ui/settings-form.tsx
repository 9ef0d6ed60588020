"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { Input } from "~/ui/input";
import { Select, type SelectOption } from "~/ui/select";
import { toast } from "~/ui/toast";
import { type OrganizationDetail, UpdateSettingsInput } from "../schema";
import { showRefusal } from "./form-refusal";

/** As the server knows them: a browser's own lists may differ. */
export type SettingsChoices = { currencies: SelectOption[]; timeZones: SelectOption[] };

// Whether a currency or zone exists is the server's word.
const FormValues = UpdateSettingsInput.extend({ defaultCurrency: z.string(), timeZone: z.string() });
const FIELDS = ["name", "slug", "defaultCurrency", "timeZone"] as const;

export function SettingsForm({
  organization,
  choices,
  addressPrefix,
  isLocked,
}: {
  organization: OrganizationDetail;
  choices: SettingsChoices;
  addressPrefix: string;
  isLocked: boolean;
}) {
  const router = useRouter();
  const { name, slug, defaultCurrency, timeZone } = organization;
  const form = useForm({
    resolver: zodResolver(FormValues),
    values: { name, slug, defaultCurrency, timeZone },
    mode: "onTouched",
  });
  const { errors, isDirty } = form.formState;
  useUnsavedGuard(isDirty);
  const [refused, setRefused] = useState<string | null>(null);
  const current = api.useUtils().tenancy.current;
  const update = api.tenancy.updateSettings.useMutation({
    onSuccess: (saved, values) => {
      form.reset(values);
      toast.success("Settings saved.");
      // Another address is another page; the old one leads to it from now on.
      if (saved.slug !== slug) return router.replace(`/o/${saved.slug}/settings`);
      void current.invalidate();
      router.refresh();
    },
    onError: (error) => setRefused(showRefusal(form, error, FIELDS)),
  });
  const typedSlug = useWatch({ control: form.control, name: "slug" });
  return (
    <Card aria-label="Organization">
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => {
          setRefused(null);
          update.mutate(values);
        })}
      >
        <CardHeader title="Organization" />
        <CardBody className="flex flex-col gap-5">
          <FormErrors title="The settings were not saved" errors={refused ? [{ message: refused }] : []} />
          <Field id="name" label="Name" error={errors.name?.message} disabled={isLocked} required>
            <Input autoComplete="organization" {...form.register("name")} defaultValue={organization.name} />
          </Field>
          <Field
            id="slug"
            label="Address"
            error={errors.slug?.message}
            disabled={isLocked}
            required
            help={
              <>
                <span className="font-mono break-all">
                  {addressPrefix}
                  {typedSlug}
                </span>
                {typedSlug !== slug &&
                  " The old address leads here from then on, and nobody else can have it."}
              </>
            }
          >
            <Input
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              {...form.register("slug")}
              defaultValue={organization.slug}
            />
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field
              id="defaultCurrency"
              label="Default currency"
              error={errors.defaultCurrency?.message}
              disabled={isLocked}
              help="For amounts that name none."
            >
              <Controller
                control={form.control}
                name="defaultCurrency"
                render={({ field: { value, onChange, onBlur, ref } }) => (
                  <Select
                    ref={ref}
                    value={value}
                    onValueChange={onChange}
                    onBlur={onBlur}
                    options={choices.currencies}
                  />
                )}
              />
            </Field>
            <Field
              id="timeZone"
              label="Time zone"
              error={errors.timeZone?.message}
              disabled={isLocked}
              help="Days on charts begin at its midnight."
            >
              <Controller
                control={form.control}
                name="timeZone"
                render={({ field: { value, onChange, onBlur, ref } }) => (
                  <Select
                    ref={ref}
                    value={value}
                    onValueChange={onChange}
                    onBlur={onBlur}
                    options={choices.timeZones}
                  />
                )}
              />
            </Field>
          </div>
        </CardBody>
        {!isLocked && (
          <CardFooter hint={isDirty ? "Not saved yet." : "Everything is saved."}>
            {isDirty && (
              <Button variant="ghost" onClick={() => form.reset()}>
                Discard
              </Button>
            )}
            <Button type="submit" variant="primary" disabled={!isDirty} loading={update.isPending}>
              Save settings
            </Button>
          </CardFooter>
        )}
      </form>
    </Card>
  );
}

/** Asks before a page with unsaved changes is closed or reloaded. */
function useUnsavedGuard(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", guard);
    return () => window.removeEventListener("beforeunload", guard);
  }, [isDirty]);
}
