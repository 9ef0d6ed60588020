import {
  definePrivacy,
  deleted,
  emptied,
  noPerson,
  OF_ORG,
  orgsUnexported,
  PLAIN,
  type Kept,
} from "~/kernel/privacy";

const accounts = {
  kept: "accounts must be kept; the lines name products and numbers",
  until: "ten_years",
} as const;
const revenue: Kept = {
  kept: "what the platform earned, by ids and amounts: part of its own accounts",
  until: "ten_years",
  dated: "t.occurred_at",
};
const staff = {
  made_by_id: "an act of the platform's staff",
  closed_by_id: "an act of the platform's staff",
};
const SAYS = (column: string) => `position(:email IN lower(t.${column})) > 0`;

export const billingPrivacy = definePrivacy("billing", {
  billing_customer: {
    columns: {
      name: "who pays; the organization's name, which may be a person's",
      email: "where Stripe sends receipts",
      card_brand: "of the card that pays",
      card_last4: "of the card that pays",
      tax_id_value: "tax number of the organization, which may be a person's",
    },
    who: "the organization; receipts go to whoever set payments up",
    // At Stripe, receipts go to an owner who stays; that is done first, and written here with it.
    person: {
      erase: [{ where: "lower(t.email) = :email", then: { set: { email: "''" } } }],
      export: { not: "is the organization's, and part of its export" },
    },
    org: { erase: [deleted(OF_ORG)], export: OF_ORG },
  },
  subscription: PLAIN,
  dunning_step: PLAIN,
  usage_report: PLAIN,
  invoice: {
    columns: {
      hosted_url: "a secret link to the invoice, which names the customer",
      pdf_url: "the same",
    },
    who: "the organization",
    person: noPerson(),
    org: {
      erase: { ...accounts, dated: "t.issued_at", then: { set: { hosted_url: "NULL", pdf_url: "NULL" } } },
      export: OF_ORG,
    },
  },
  invoice_line: {
    ...PLAIN,
    org: {
      erase: {
        ...accounts,
        dated: "(SELECT i.issued_at FROM invoice i WHERE i.org_id = t.org_id AND i.id = t.invoice_id)",
      },
      export: OF_ORG,
    },
  },
  billing_offer: {
    columns: {
      made_by_id: "which platform admin made it",
      reason: "what the platform admin wrote",
    },
    who: "made_by_id",
    person: noPerson({ made_by_id: staff.made_by_id }),
    org: { erase: [deleted(OF_ORG)], export: OF_ORG },
  },
  stripe_event: {
    columns: {
      body: "an object of Stripe as it came: may hold name, address and mail of who pays",
    },
    who: "whoever it names; emptied 90 days after it was handled in any case",
    person: {
      erase: [{ ...emptied(SAYS("body"), "body"), everyRow: true }],
      export: { not: "a technical copy of what stands in customer, subscription and invoices" },
    },
    org: {
      erase: {
        kept: "that an event of Stripe was handled, by ids: an event must never be handled twice",
        until: "ten_years",
        dated: "t.received_at",
        where:
          "t.org_id = :id OR t.customer_id IN (SELECT c.stripe_customer_id FROM billing_customer c WHERE c.org_id = :id)",
        then: { set: { body: "NULL" } },
      },
      export: { not: "a technical copy of what stands in customer, subscription and invoices" },
    },
  },
  revenue_movement: { ...PLAIN, org: { erase: revenue, export: { not: "the platform's own accounts" } } },
  reconciliation_difference: {
    columns: {
      closed_by_id: "which platform admin repaired or dismissed it",
      reason: "what the platform admin wrote",
    },
    who: "closed_by_id",
    person: noPerson({ closed_by_id: staff.closed_by_id }),
    org: orgsUnexported("the platform's own bookkeeping"),
  },
});
