"use client";
import { useState } from "react";
import { PLAN_WORDS } from "~/kernel/plans";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import type { OfferView } from "../../schema";
import { Nothing, ZONE } from "./money";
import { ReasonDialog } from "./reason-dialog";

const STATES = {
  open: { label: "Open", tone: "info" },
  accepted: { label: "Taken up", tone: "positive" },
  withdrawn: { label: "Withdrawn", tone: "neutral" },
} as const;

/** Prices that were agreed with one organization each. */
export function OffersCard({ offers }: { offers: OfferView[] }) {
  const [isMaking, setMaking] = useState(false);
  const [withdrawn, setWithdrawn] = useState<OfferView | null>(null);
  const columns: DataListColumn<OfferView>[] = [
    {
      key: "organization",
      label: "Organization",
      cell: ({ organization, slug, reason }) => (
        <span className="flex flex-col py-1">
          <span>
            {organization} <span className="font-mono text-xs text-ink-faint">{slug}</span>
          </span>
          <span className="text-sm break-words text-ink-soft">{reason}</span>
        </span>
      ),
    },
    { key: "plan", label: "Plan", width: "7rem", from: "wide", cell: ({ plan }) => PLAN_WORDS[plan].label },
    {
      key: "amount",
      label: "A month",
      align: "end",
      width: "7rem",
      cell: ({ monthlyAmount, currency }) => <FormattedNumber value={monthlyAmount} currency={currency} />,
    },
    {
      key: "made",
      label: "Made",
      width: "8rem",
      from: "wide",
      cell: ({ madeAt }) => <RelativeTime at={madeAt} timeZone={ZONE} />,
    },
    {
      key: "state",
      label: "State",
      align: "end",
      width: "8rem",
      cell: (offer) =>
        offer.state === "open" ? (
          <Button
            size="small"
            aria-label={`Withdraw the offer to ${offer.organization}`}
            onClick={() => setWithdrawn(offer)}
          >
            Withdraw
          </Button>
        ) : (
          <Badge tone={STATES[offer.state].tone}>{STATES[offer.state].label}</Badge>
        ),
    },
  ];
  return (
    <Card aria-label="Offers">
      <CardHeader
        title="Offers"
        description="What Enterprise costs one organization. Its owner sees the offer on the billing page and takes it up by paying."
        actions={<Button onClick={() => setMaking(true)}>Make offer</Button>}
      />
      {offers.length === 0 ? (
        <Nothing>No offer was made yet.</Nothing>
      ) : (
        <DataList label="Offers" frame="plain" columns={columns} rows={offers} rowKey={({ id }) => id} />
      )}
      {isMaking && <MakeDialog onClose={() => setMaking(false)} />}
      {withdrawn && <WithdrawDialog offer={withdrawn} onClose={() => setWithdrawn(null)} />}
    </Card>
  );
}

const FIELDS = ["organization", "monthlyAmount", "reason"] as const;

function MakeDialog({ onClose }: { onClose: () => void }) {
  const [values, setValues] = useState({ organization: "", monthlyAmount: "", reason: "" });
  const [errors, setErrors] = useState<Record<string, string[] | undefined>>({});
  const [refused, setRefused] = useState<string | null>(null);
  const utils = api.useUtils();
  const make = api.billing.revenue.offer.useMutation({
    onSuccess: async () => {
      await utils.billing.revenue.invalidate();
      toast.success("The offer stands on the organization’s billing page.");
      onClose();
    },
    onError: (error) => {
      const { fields, message } = refusalOf(error);
      setErrors(fields);
      setRefused(FIELDS.some((field) => fields[field]) ? null : message);
    },
  });
  const input = (field: (typeof FIELDS)[number], rest: { inputMode?: "decimal" } = {}) => (
    <Input
      {...rest}
      value={values[field]}
      onChange={(event) => setValues({ ...values, [field]: event.target.value })}
    />
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="small"
        title="Make an offer"
        description="An offer that is open already is withdrawn by it. Nothing is charged before an owner takes it up."
        footer={
          <>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" form="make-offer" variant="primary" loading={make.isPending}>
              Make offer
            </Button>
          </>
        }
      >
        <form
          id="make-offer"
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            setErrors({});
            setRefused(null);
            make.mutate(values);
          }}
        >
          <Field
            id="offer-organization"
            label="Organization"
            help="Its name as it stands in its address, such as acme."
            error={errors.organization?.[0]}
            required
          >
            {input("organization")}
          </Field>
          <Field
            id="offer-amount"
            label="Dollars a month"
            help="Before tax, such as 499 or 499.50."
            error={errors.monthlyAmount?.[0]}
            required
          >
            {input("monthlyAmount", { inputMode: "decimal" })}
          </Field>
          <Field
            id="offer-reason"
            label="Reason"
            help="Kept with your name in the audit log; the organization does not see it here."
            error={errors.reason?.[0]}
            required
          >
            {input("reason")}
          </Field>
          {refused && (
            <p role="alert" className="text-base text-negative">
              {refused}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

function WithdrawDialog({ offer, onClose }: { offer: OfferView; onClose: () => void }) {
  const utils = api.useUtils();
  const withdraw = api.billing.revenue.withdrawOffer.useMutation();
  return (
    <ReasonDialog
      title={`Withdraw the offer to ${offer.organization}`}
      description="Its owner does not see it any more. Who has taken an offer up keeps its price."
      confirmLabel="Withdraw"
      onConfirm={async (reason) => {
        await withdraw.mutateAsync({ id: offer.id, reason });
        await utils.billing.revenue.invalidate();
        toast.success("Withdrawn.");
      }}
      onClose={onClose}
    />
  );
}
