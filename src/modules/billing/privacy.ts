import { definePrivacy } from "~/kernel/privacy";

export const billingPrivacy = definePrivacy("billing", {
  billing_customer: {
    columns: {
      name: "who pays; the organization's name, which may be a person's",
      email: "where Stripe sends receipts",
      card_brand: "of the card that pays",
      card_last4: "of the card that pays",
      tax_id_value: "tax number of the organization, which may be a person's",
    },
    person: "none: belongs to the organization; the owner who set payments up is in the audit log",
    onErase:
      "with the organization: the customer is deleted at Stripe, and the row with it; invoices are kept as law demands",
  },
  invoice: {
    columns: {
      hosted_url: "a secret link to the invoice, which names the customer",
      pdf_url: "the same",
    },
    person: "none: belongs to the organization",
    onErase: "kept for as long as accounts must be; both links are emptied",
  },
  stripe_event: {
    columns: {
      body: "an object of Stripe as it came: may hold name, address and mail of who pays",
    },
    person: "none: found by customer_id",
    onErase: "empty body; without erasure it is emptied 90 days after it was handled",
    notExported: "a technical copy of what stands in customer, subscription and invoices",
  },
  reconciliation_difference: {
    columns: {
      closed_by_id: "which platform admin repaired or dismissed it",
      reason: "what the platform admin wrote",
    },
    person: "closed_by_id",
    onErase: "kept: an act of the platform's staff; the id stays without a person behind it",
  },
});
