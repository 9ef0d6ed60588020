// Every column that could hold something personal is declared by its slice, or is exempt for a reason given here.
import { expect, it } from "vitest";
import { asOwner } from "~/testing/tenants";
import { TABLES } from "~/testing/declared-access";
import { PRIVACY } from "./privacy";

/** `table.column` or `*.column` → why nothing personal can stand in it. */
const EXEMPT: Record<string, string> = {
  "*.status": "one of a checked list",
  "erasure.kind": "one of a checked list",
  "erasure.state": "one of a checked list",
  "erasure.blocked_code": "one of a list of ours",
  "erasure.undo_digest": "digest of a derived secret",
  "erasure.certificate_digest": "digest of a derived secret",
  "erasure_step.name": "one of a list of ours",
  "data_export.kind": "one of a checked list",
  "data_export.state": "one of a checked list",
  "data_export.sha256": "digest",
  "data_export.upload_id": "the object store's id of an upload",
  "*.role": "one of a checked list",
  "*.plan": "one of a checked list",
  "*.meter": "one of a list of ours",
  "*.method": "one of a checked list",
  "*.token_hash": "digest of a random secret",
  "*.correlation_id": "a random id of one request",
  "api_key.last_four": "four characters of a checksum",
  "api_key.prefix": "random",
  "api_key.replaced_by_id": "the id of another key",
  "api_key.scopes": "words of a list of ours",
  "api_key.secret_hash": "digest of a random secret",
  "account.provider": "one of a list of ours",
  "audit_detail.salt": "random",
  "audit_entry.action": "one of a list of ours",
  "audit_entry.detail_digest": "digest, salted",
  "audit_entry.hash": "digest",
  "audit_entry.target_id": "an id; kept for the same reason as actor_id",
  "audit_entry.target_type": "one of a list of ours",
  "audit_entry.via": "a word of ours and an id",
  "audit_check.fault": "one of a checked list",
  "audit_check.hash": "digest",
  "audit_check.pass_hash": "digest",
  "audit_key_use.address_digest": "digest; gone after two days",
  "audit_refusal.code": "one of a list of ours",
  "audit_refusal.key": "made of ids; gone after a minute or two",
  "audit_refusal.permission": "one of a list of ours",
  "audit_refusal.via": "a word of ours and an id",
  "audit_seal.hash": "digest",
  "audit_seal.prev_hash": "digest",
  "billing_customer.stripe_customer_id": "an id at Stripe",
  "billing_customer.tax_id_status": "one of a list of Stripe's",
  "billing_customer.tax_id_type": "one of a list of Stripe's",
  "dunning_step.act": "one of a checked list",
  "dunning_step.state": "one of a checked list",
  "invoice.currency": "a currency",
  "invoice.number": "a number of ours",
  "invoice.reason": "one of a list of Stripe's",
  "invoice.stripe_invoice_id": "an id at Stripe",
  "invoice_line.description": "what was charged, from the names of our products",
  "invoice_line.stripe_line_id": "an id at Stripe",
  "reconciliation_difference.expected": "ids, states and counts",
  "reconciliation_difference.found": "ids, states and counts",
  "reconciliation_difference.kind": "one of a list of ours",
  "reconciliation_difference.repair": "one of a list of ours",
  "reconciliation_difference.state": "one of a checked list",
  "reconciliation_difference.subject": "an id at Stripe, or a meter and an instant",
  "reconciliation_run.last_error": "a code of ours",
  "revenue_movement.currency": "a currency",
  "revenue_movement.kind": "one of a checked list",
  "stripe_event.customer_id": "an id at Stripe",
  "stripe_event.id": "an id at Stripe",
  "stripe_event.last_error": "a code of ours",
  "stripe_event.state": "one of a checked list",
  "stripe_event.type": "one of a list of Stripe's",
  "subscription.currency": "a currency",
  "subscription.stripe_subscription_id": "an id at Stripe",
  "usage_report.last_error": "a code of ours",
  "usage_report.state": "one of a checked list",
  "entitlement_override.feature": "one of a list of ours",
  "organization_plan.source": "one of a checked list",
  "organization_features.feature_name": "one of a list of ours",
  "plan_entitlements.feature": "one of a list of ours",
  "usage_ledger.digest": "digest",
  "usage_ledger.reason": "why an entry was corrected, in words that name no person (audit says who)",
  "usage_ledger.source_type": "one of a list of ours",
  "usage_reservation.key": "made of ids",
  "usage_reservation.state": "one of a checked list",
  "billing_offer.currency": "a currency",
  "billing_offer.plan": "one of a checked list",
  "billing_offer.state": "one of a checked list",
  "billing_offer.stripe_price_id": "an id at Stripe",
  "subscription.held_plan": "one of a checked list",
  "subscription.stripe_price_id": "an id at Stripe",
  "usage_export.head": "digest",
  "usage_export.sha256": "digest",
  "usage_rollup.service": "one of a list of ours",
  "usage_rollup_state.name": "one of a list of ours",
  "usage_seal.hash": "digest",
  "usage_seal.prev_hash": "digest",
  "company.city": "the company's seat; goes with its row",
  "company.country_code": "the company's seat; goes with its row",
  "company.industry": "the company's; goes with its row",
  "idempotency_key.fingerprint": "digest",
  "organization.api_origins": "addresses of sites of the organization's",
  "export.file_name": "the list's name and a day",
  "default_view.list": "one of a list of ours",
  "export.list": "one of a list of ours",
  "export.parts": "numbers and version tags",
  "export.upload_id": "the object store's id of an upload",
  "duplicate_dismissal.alike_by": "one of a checked list",
  "duplicate_dismissal.kind": "one of a checked list",
  "import.entity": "one of a checked list",
  "import.mapping": "numbers of columns and names of our fields",
  "import.object_key": "made of ids",
  "import.on_duplicate": "one of a checked list",
  "job.checkpoint": "offsets and counters",
  "job.error_code": "one of a list of ours",
  "job.event_id": "made of ids",
  "job.lease_run_id": "the engine's id of a run",
  "job.namespace": "one of a checked list",
  "job.queue": "one of a list of ours",
  "job.task_type": "one of a list of ours",
  "job_step.answer": "ids and counters",
  "job_step.name": "one of a list of ours",
  "organization.default_currency": "a currency",
  "organization.logo_key": "made of ids",
  "organization.time_zone": "a zone of the organization",
  "outbox_event.event_id": "made of ids",
  "outbox_event.last_error": "the engine's answer, which knows only ids",
  "outbox_event.name": "one of a list of ours",
  "record_event.kind": "one of a checked list",
  "session.client_scopes": "words of a list of ours",
  "session.revoked_reason": "one of a list of ours",
  "session.stepped_up_by": "one of a checked list",
  "passkey.public_key": "the public half of a random key",
  "passkey.transports": "words of the WebAuthn standard",
  "passkey_challenge.challenge": "random",
  "passkey_challenge.purpose": "one of a checked list",
  "tag.tone": "one of a checked list",
  "usage_ledger.idempotency_key": "made of ids",
  "usage_ledger.service": "one of a list of ours",
  "saved_view.list": "one of a list of ours",
  "shared_view.list": "one of a list of ours",
  "user.platform_role": "one of a checked list",
  "webhook_delivery.event_type": "one of a list of ours",
  "webhook_delivery.last_fault": "one of a list of ours",
  "webhook_attempt.fault": "one of a list of ours",
  "webhook_endpoint.disabled_reason": "one of a checked list",
  "webhook_endpoint.event_types": "of a list of ours",
  "webhook_event.target_id": "an id; gone after 30 days",
  "webhook_event.target_type": "one of a list of ours",
  "webhook_event.type": "one of a list of ours",
  "webhook_event_type.name": "one of a list of ours",
  "webhook_secret.sealed": "a random secret, encrypted",
};

const TEXTS = ["text", "character varying", "character", "json", "jsonb", "bytea", "inet", "xml", "ARRAY"];
const PERSON_IDS = /(^|_)(user|actor|person|owner|member)_id$|_by(_id)?$/;

type Column = { table: string; column: string; type: string };
const columns = () =>
  asOwner<Column>(
    `select c.table_name as table, c.column_name as column, c.data_type as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_prisma_migrations'
     order by 1, 2`,
  );

const isDeclared = ({ table, column }: Column) =>
  PRIVACY.some(({ tables }) => {
    const declared = tables[table];
    return declared !== undefined && (column in declared.columns || column in (declared.person.ids ?? {}));
  });
const isExempt = ({ table, column }: Column) => `${table}.${column}` in EXEMPT || `*.${column}` in EXEMPT;
const couldBePersonal = ({ column, type }: Column) => TEXTS.includes(type) || PERSON_IDS.test(column);
const undeclared = async () =>
  (await columns())
    .filter((column) => couldBePersonal(column) && !isDeclared(column) && !isExempt(column))
    .map(({ table, column }) => `${table}.${column}`);

it("knows of every column that could hold something personal, how it is exported and erased", async () => {
  expect(await undeclared()).toEqual([]);
});

it("fails for a new column that nobody declared", async () => {
  await asOwner(
    `alter table company add column home_address text, add column keeper_id uuid, add column sold_by uuid`,
  );
  try {
    expect(await undeclared()).toEqual(["company.home_address", "company.sold_by"]);
  } finally {
    await asOwner(`alter table company drop column home_address, drop column keeper_id, drop column sold_by`);
  }
});

it("declares and exempts no column that is not there", async () => {
  const there = new Set(
    (await columns()).flatMap(({ table, column }) => [`${table}.${column}`, `*.${column}`]),
  );
  const declared = PRIVACY.flatMap(({ tables }) =>
    Object.entries(tables).flatMap(([table, { columns: named }]) =>
      Object.keys(named).map((column) => `${table}.${column}`),
    ),
  );
  expect([...declared, ...Object.keys(EXEMPT)].filter((name) => !there.has(name))).toEqual([]);
});

/** Tables that hold nothing of a person or an organization, and so are neither exported nor erased. */
const NOBODYS: Record<string, string> = {
  plan_entitlements: "the table of plans",
  webhook_event_type: "names of events",
  usage_rollup_state: "an instant",
  reconciliation_run: "a turn of the platform's own bookkeeping",
};

it("says of every table that there is how its rows are exported and erased", () => {
  const declared = PRIVACY.flatMap(({ tables }) => Object.keys(tables));
  expect([...declared, ...Object.keys(NOBODYS)].sort()).toEqual(Object.keys(TABLES).sort());
});

it("does something about, or says why it keeps, every personal column", () => {
  const idle = PRIVACY.flatMap(({ tables }) =>
    Object.entries(tables).filter(
      ([, { columns, person, others, org }]) =>
        Object.keys(columns).length > 0 &&
        person.erase.length === 0 &&
        Object.keys(person.ids ?? {}).length === 0 &&
        others === undefined &&
        "kept" in org.erase === false,
    ),
  );
  expect(idle.map(([table]) => table)).toEqual(["erasure_step"]);
});

it("declares each table once, by one slice", () => {
  const tables = PRIVACY.flatMap((privacy) => Object.keys(privacy.tables));
  expect(tables).toHaveLength(new Set(tables).size);
});
