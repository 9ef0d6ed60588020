"use client";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { spacedName } from "~/ui/spaced-name";
import type { OrganizationView } from "../../schema";
import { ZONE } from "../zone";

type Of = { org: OrganizationView };

export function BillingCard({ org: { billing } }: Of) {
  const { subscription, invoices, customerId } = billing;
  return (
    <Card aria-label="Billing">
      <CardHeader
        title="Billing"
        description={
          subscription ? `Subscription ${spacedName(subscription.status).toLowerCase()}.` : "No subscription."
        }
      />
      <CardBody className="flex flex-col gap-4">
        <DescriptionList
          items={[
            {
              term: "Customer at Stripe",
              value: customerId ? <CopyId value={customerId} label="Copy the customer’s id" /> : "None",
            },
            ...(subscription
              ? [
                  {
                    term: "A month",
                    value: <FormattedNumber value={subscription.amount} currency={subscription.currency} />,
                  },
                  {
                    term: "Period ends",
                    value: <RelativeTime at={subscription.periodEnd} timeZone={ZONE} />,
                  },
                  ...(subscription.pastDueSince
                    ? [
                        {
                          term: "Unpaid since",
                          value: <RelativeTime at={subscription.pastDueSince} timeZone={ZONE} />,
                        },
                      ]
                    : []),
                  ...(subscription.cancelAt
                    ? [{ term: "Ends", value: <RelativeTime at={subscription.cancelAt} timeZone={ZONE} /> }]
                    : []),
                ]
              : []),
          ]}
        />
        {invoices.length > 0 && (
          <ul className="flex flex-col gap-1">
            {invoices.map((invoice) => (
              <li key={invoice.id} className="flex flex-wrap justify-between gap-2 text-sm">
                <span className="font-mono">{invoice.number ?? "draft"}</span>
                <span className="text-ink-soft">{spacedName(invoice.status)}</span>
                <FormattedNumber value={invoice.total} currency={invoice.currency} />
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
