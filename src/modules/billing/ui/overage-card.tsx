"use client";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Switch } from "~/ui/switch";
import { toast } from "~/ui/toast";
import type { BillingOverview } from "../schema";

const AMOUNT = /^\d{1,7}(?:\.\d{1,2})?$/;

/** Whether work goes on beyond the plan, and what it may cost at most. */
export function OverageCard({ overview, mayManage }: { overview: BillingOverview; mayManage: boolean }) {
  const { overage, plan } = overview;
  const [isOn, setOn] = useState(overage.isEnabled);
  const [cap, setCap] = useState(overage.cap ? String(Number(overage.cap)) : "50");
  const [error, setError] = useState<string | null>(null);
  const utils = api.useUtils();
  const save = api.billing.setOverage.useMutation({
    onSuccess: async () => {
      await Promise.all([utils.billing.invalidate(), utils.entitlements.invalidate()]);
      toast.success("Saved.");
    },
    onError: (refused) => {
      const { fields, message } = refusalOf(refused);
      setError(fields.cap?.[0] ?? message);
    },
  });
  const isChanged = isOn !== overage.isEnabled || (isOn && Number(cap) !== Number(overage.cap ?? NaN));
  return (
    <Card aria-label="Beyond the plan">
      <CardHeader
        title="Beyond the plan"
        description="Images, speech, rendering and storage can go on when the plan is used up, paid by what is used."
      />
      {!overage.isAllowed ? (
        <CardBody>
          <p className="text-base text-ink-soft">
            {plan === "ENTERPRISE"
              ? "Nothing runs out on this plan."
              : "This plan stops at its limits. Usage beyond them can be bought on Pro."}
          </p>
        </CardBody>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isOn && !AMOUNT.test(cap.trim()))
              return setError("Write an amount of dollars, like 50 or 49.90.");
            setError(null);
            save.mutate(isOn ? { enabled: true, cap: cap.trim() } : { enabled: false });
          }}
        >
          <CardBody className="flex flex-col gap-5">
            <Switch
              label="Go on beyond the plan"
              description="Off, work stops at the limit until the next period begins."
              checked={isOn}
              onCheckedChange={setOn}
              disabled={!mayManage}
            />
            {isOn && (
              <Field
                id="cap"
                label="Spend at most, in dollars a period"
                help="Work stops there, whatever is asked."
                error={error ?? undefined}
                disabled={!mayManage}
                required
              >
                <Input
                  inputMode="decimal"
                  className="max-w-40"
                  leading="$"
                  value={cap}
                  onChange={(event) => setCap(event.target.value)}
                />
              </Field>
            )}
            {!isOn && error && <p className="text-sm text-negative">{error}</p>}
          </CardBody>
          {mayManage && (
            <CardFooter hint={isChanged ? "Not saved yet." : undefined}>
              <Button type="submit" variant="primary" loading={save.isPending} disabled={!isChanged}>
                Save
              </Button>
            </CardFooter>
          )}
        </form>
      )}
    </Card>
  );
}
