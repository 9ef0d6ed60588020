// Every column that could hold something personal is declared by its slice, or is exempt for a reason given here.
import { expect, it } from "vitest";
import { asOwner } from "~/testing/tenants";
import { PRIVACY } from "./privacy";

/** `table.column` or `*.column` → why nothing personal can stand in it. */
const EXEMPT: Record<string, string> = {
  "*.status": "one of a checked list",
  "*.role": "one of a checked list",
  "*.plan": "one of a checked list",
  "*.meter": "one of a list of ours",
  "*.method": "one of a checked list",
  "*.token_hash": "digest of a random secret",
  "*.correlation_id": "a random id of one request",
  "account.provider": "one of a list of ours",
  "audit_detail.salt": "random",
  "audit_entry.action": "one of a list of ours",
  "audit_entry.detail_digest": "digest, salted",
  "audit_entry.hash": "digest",
  "audit_entry.target_id": "an id; kept for the same reason as actor_id",
  "audit_entry.target_type": "one of a list of ours",
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
  "plan_entitlements.feature": "one of a list of ours",
  "usage_ledger.digest": "digest",
  "usage_ledger.reason": "why an entry was corrected, in words that name no person (audit says who)",
  "usage_ledger.source_type": "one of a list of ours",
  "usage_reservation.key": "made of ids",
  "usage_reservation.state": "one of a checked list",
  "usage_rollup.service": "one of a list of ours",
  "usage_rollup_state.name": "one of a list of ours",
  "usage_seal.hash": "digest",
  "usage_seal.prev_hash": "digest",
  "company.city": "the company's seat; goes with its row",
  "company.country_code": "the company's seat; goes with its row",
  "company.industry": "the company's; goes with its row",
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
  "session.revoked_reason": "one of a list of ours",
  "tag.tone": "one of a checked list",
  "usage_ledger.idempotency_key": "made of ids",
  "usage_ledger.service": "one of a list of ours",
  "saved_view.list": "one of a list of ours",
  "shared_view.list": "one of a list of ours",
  "user.platform_role": "one of a checked list",
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
    return declared !== undefined && (column in declared.columns || declared.person === column);
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

it("declares each table once, by one slice", () => {
  const tables = PRIVACY.flatMap((privacy) => Object.keys(privacy.tables));
  expect(tables).toHaveLength(new Set(tables).size);
});
