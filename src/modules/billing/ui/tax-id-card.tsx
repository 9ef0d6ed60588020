"use client";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Select } from "~/ui/select";
import { toast } from "~/ui/toast";
import { TAX_ID_TYPES, type BillingOverview, type TaxIdInput } from "../schema";

const OPTIONS = TAX_ID_TYPES.map(({ value, label }) => ({ value, label }));

/** The number that stands on invoices. */
export function TaxIdCard({ taxId, mayManage }: { taxId: BillingOverview["taxId"]; mayManage: boolean }) {
  const known = OPTIONS.find(({ value }) => value === taxId?.type);
  const [type, setType] = useState<TaxIdInput["type"]>(known?.value ?? "eu_vat");
  const [value, setValue] = useState(taxId?.value ?? "");
  const [error, setError] = useState<string | null>(null);
  const utils = api.useUtils();
  const save = api.billing.setTaxId.useMutation({
    onSuccess: async () => {
      await utils.billing.invalidate();
      toast.success("Saved. It stands on invoices from now on.");
    },
    onError: (refused) => {
      const { fields, message } = refusalOf(refused);
      setError(fields.value?.[0] ?? message);
    },
  });
  const example = TAX_ID_TYPES.find((one) => one.value === type)?.example;
  const isChanged = value.trim() !== (taxId?.value ?? "") || (value !== "" && type !== taxId?.type);
  return (
    <Card aria-label="Tax number">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setError(null);
          save.mutate({ type, value: value.trim(), intentId: crypto.randomUUID() });
        }}
      >
        <CardHeader
          title="Tax number"
          description="Stands on every invoice from then on. Leave it empty for none."
        />
        <CardBody className="grid gap-5 sm:grid-cols-2">
          <Field id="taxType" label="Kind" disabled={!mayManage}>
            <Select
              value={type}
              onValueChange={(next) => setType(next as TaxIdInput["type"])}
              options={OPTIONS}
            />
          </Field>
          <Field
            id="taxValue"
            label="Number"
            help={example && `For example ${example}`}
            error={error ?? undefined}
            disabled={!mayManage}
          >
            <Input
              autoComplete="off"
              spellCheck={false}
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          </Field>
        </CardBody>
        {mayManage && (
          <CardFooter
            hint={taxId?.status === "unverified" ? "The tax office does not confirm this number." : undefined}
          >
            <Button type="submit" variant="primary" loading={save.isPending} disabled={!isChanged}>
              Save
            </Button>
          </CardFooter>
        )}
      </form>
    </Card>
  );
}
