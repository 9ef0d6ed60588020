/**
 * What the database must look like to keep tenants apart, said by hand; the catalogue tests hold the real one against
 * it. A new table fails them until it stands here: whose its rows are, and which verbs each role has.
 *
 * Verbs in alphabetical order; `update(a, b)` is a grant on columns.
 */
export type Access = {
  /** Whose rows: a tenant's or a person's, by the column `by`; of nobody, reached by the platform alone. */
  rows: "tenant" | "person" | "platform";
  by?: string;
  app?: string;
  system?: string;
  /** Roles that own SECURITY DEFINER functions. */
  resolver?: string;
  search?: string;
  /** Columns that may be empty each, but that a check wants filled in a sample row. */
  needs?: string[];
  /** Verbs refused to everybody, the owner included, by triggers. */
  appendOnly?: ("update" | "delete" | "truncate")[];
};

export const TABLES: Record<string, Access> = {
  organization: {
    rows: "tenant",
    by: "id",
    app: "insert, select, update",
    system: "insert, select, update",
    resolver: "select",
  },
  organization_slug: {
    rows: "tenant",
    app: "insert, select",
    system: "insert, select, update(slug)",
    resolver: "select",
  },
  membership: {
    rows: "tenant",
    app: "delete, insert, select, update",
    system: "delete, insert, select, update",
    resolver: "select",
  },
  invitation: { rows: "tenant", app: "insert, select, update", system: "delete, select, update" },
  job: { rows: "tenant", app: "insert, select, update", system: "delete, insert, select, update" },
  job_step: { rows: "tenant", app: "insert, select, update", system: "delete, insert, select, update" },
  job_event: { rows: "tenant", app: "insert, select", system: "delete, insert, select" },
  outbox_event: { rows: "tenant", app: "insert, select", system: "delete, insert, select, update" },
  usage_ledger: {
    rows: "tenant",
    app: "insert, select",
    system: "delete, insert, select",
    appendOnly: ["update", "delete", "truncate"],
  },
  usage_seal: {
    rows: "tenant",
    app: "select",
    system: "delete, insert, select",
    appendOnly: ["update", "delete", "truncate"],
  },
  usage_unsealed: { rows: "tenant", app: "insert", system: "delete, insert, select" },
  usage_reservation: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, insert, select, update",
  },
  usage_warning: { rows: "tenant", app: "insert, select", system: "delete, insert, select" },
  usage_rollup: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  usage_period: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  usage_export: { rows: "tenant", system: "delete, insert, select, update", appendOnly: ["delete"] },
  usage_rollup_state: { rows: "platform", app: "select", system: "select, update" },
  webhook_event_type: { rows: "platform", app: "select", system: "select" },
  webhook_endpoint: {
    rows: "tenant",
    app: "delete, insert, select, update",
    system: "delete, select, update",
  },
  webhook_secret: { rows: "tenant", app: "delete, insert, select, update", system: "delete, select" },
  webhook_event: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, insert, select, update",
  },
  webhook_delivery: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, insert, select, update",
    needs: ["next_attempt_at"],
  },
  webhook_attempt: { rows: "tenant", app: "insert, select", system: "delete, select, update(answer)" },
  plan_entitlements: { rows: "platform", app: "select", system: "select" },
  organization_plan: {
    rows: "tenant",
    app: "insert(org_id, period_anchor, trial_ends_at), select, update(overage_cap, overage_enabled, updated_at)",
    system: "delete, insert, select, update",
  },
  entitlement_override: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  organization_features: {
    rows: "tenant",
    app: "select",
    system: "delete, insert, select, update(ended_at, ended_by_id)",
  },
  usage_counter: { rows: "tenant", app: "insert, select, update", system: "delete, insert, select, update" },
  company: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, select, update(owner_id)",
    search: "select(deleted_at, domain, id, name, org_id)",
  },
  contact: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, select, update(company_id, owner_id)",
    search: "select(deleted_at, email, first_name, id, last_name, org_id)",
  },
  record_event: {
    rows: "tenant",
    app: "insert, select",
    system: "delete, select",
    needs: ["company_id"],
    appendOnly: ["update"],
  },
  record_note: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, select",
    needs: ["company_id"],
  },
  duplicate_dismissal: { rows: "tenant", app: "delete, insert, select, update", system: "delete, select" },
  tag: { rows: "tenant", app: "insert, select, update", system: "delete, select" },
  sample_record: {
    rows: "tenant",
    app: "delete, insert, select",
    system: "delete, select",
    needs: ["company_id"],
  },
  company_tag: { rows: "tenant", app: "delete, insert, select", system: "delete, select" },
  contact_tag: { rows: "tenant", app: "delete, insert, select", system: "delete, select" },
  export: { rows: "tenant", app: "insert, select, update", system: "delete, select, update(asked, cursor)" },
  import: {
    rows: "tenant",
    app: "insert, select, update",
    system: "delete, select, update(file_name, inspection)",
  },
  import_refusal: { rows: "tenant", app: "insert, select", system: "delete, select" },
  audit_entry: {
    rows: "tenant",
    app: "insert, select",
    system: "insert, select",
    appendOnly: ["update", "delete", "truncate"],
  },
  audit_detail: {
    rows: "tenant",
    app: "insert, select",
    system: "delete, insert, select",
    appendOnly: ["update", "truncate"],
  },
  audit_seal: {
    rows: "tenant",
    app: "select",
    system: "insert, select",
    appendOnly: ["update", "delete", "truncate"],
  },
  audit_unsealed: { rows: "tenant", app: "insert", system: "delete, insert, select" },
  audit_check: { rows: "tenant", app: "select", system: "insert, select, update" },
  audit_key_use: { rows: "tenant", system: "delete, insert, select" },
  audit_refusal: { rows: "platform", system: "delete, insert, select, update" },
  user: {
    rows: "person",
    by: "id",
    app: "select, update(name, updated_at)",
    system: "delete, insert, select, update",
  },
  account: { rows: "person", app: "delete, select", system: "delete, insert, select" },
  session: {
    rows: "person",
    app: "select, update(revoked_at, revoked_reason)",
    system: "delete, insert, select, update",
  },
  saved_view: { rows: "person", system: "delete, select", app: "delete, insert, select, update" },
  default_view: { rows: "person", system: "delete, select", app: "delete, insert, select, update" },
  shared_view: { rows: "tenant", system: "delete, select", app: "delete, insert, select, update" },
  notification: {
    rows: "person",
    app: "insert, select, update(read_at)",
    system: "delete, insert, select",
  },
  billing_customer: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  billing_offer: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  subscription: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  invoice: {
    rows: "tenant",
    app: "select",
    system: "delete, insert, select, update",
    appendOnly: ["delete"],
  },
  invoice_line: { rows: "tenant", app: "select", system: "delete, insert, select, update" },
  dunning_step: {
    rows: "tenant",
    app: "select",
    system: "delete, insert, select, update(decided_at, mailed_at, state)",
  },
  usage_report: {
    rows: "tenant",
    app: "select",
    system: "delete, insert, select, update(attempts, confirmed_at, first_sent_at, last_error, state)",
  },
  stripe_event: { rows: "platform", system: "delete, insert, select, update" },
  revenue_movement: {
    rows: "platform",
    system: "delete, insert, select",
    appendOnly: ["update", "delete", "truncate"],
  },
  reconciliation_run: { rows: "platform", system: "insert, select, update" },
  reconciliation_difference: { rows: "platform", system: "delete, insert, select, update" },
  api_key: {
    rows: "tenant",
    app: "insert, select, update(expires_at, replaced_by_id, revoked_at, revoked_by_id, updated_at)",
    system:
      "delete, select(created_at, created_by_id, created_by_name, expires_at, id, last_four, last_used_address, last_used_at, name, org_id, prefix, replaced_by_id, revoked_at, revoked_by_id, scopes, updated_at), update(created_by_name, last_used_address, last_used_at, name, revoked_at)",
    resolver: "select(created_by_id, expires_at, id, name, org_id, prefix, revoked_at, scopes, secret_hash)",
  },
  refresh_token: { rows: "platform", system: "delete, insert, select, update" },
  sign_in_link: { rows: "platform", system: "delete, insert, select, update" },
  step_up_link: { rows: "platform", system: "delete, insert, select, update(used_at)" },
  passkey: {
    rows: "person",
    app: "delete, select",
    system: "delete, insert, select, update(counter, is_synced, last_used_at)",
  },
  passkey_challenge: { rows: "platform", system: "delete, insert, select, update" },
  idempotency_key: {
    rows: "tenant",
    app: "delete, insert, select, update",
    system: "delete, select",
  },
  erasure: { rows: "platform", system: "insert, select, update" },
  erasure_step: { rows: "platform", system: "insert, select, update" },
  data_export: { rows: "platform", system: "delete, insert, select, update" },
  rate_limit: { rows: "platform", system: "delete, insert, select, update" },
};

/** Tables that hold nothing of a tenant or a person and that no role of the application may touch. */
export const UNPROTECTED_TABLES = { _prisma_migrations: "kept by Prisma's migrations, as the owner" };

/** Policies beside the ones that `rows` and the grants call for, as `table: policy for VERB to role`. */
export const EXTRA_POLICIES: Record<string, string> = {
  "notification: tenant for INSERT to tenantry_app":
    "what happens in an organization tells its members: WITH CHECK org_id is the tenant; nobody there reads it",
  "audit_entry: person for INSERT to tenantry_app":
    "a person's own acts without an organization: WITH CHECK org_id IS NULL AND actor_id is oneself; nobody reads it so",
  "audit_detail: person for INSERT to tenantry_app": "the same, for its detail",
  "audit_unsealed: person for INSERT to tenantry_app":
    "the same, for what the sealer has to seal: WITH CHECK org_id IS NULL and somebody is signed in",
  "membership: resolver for SELECT to tenantry_resolver":
    "one's own memberships, for resolve_org and my_orgs",
  "organization: resolver for SELECT to tenantry_resolver": "joined to one's own memberships",
  "organization_slug: resolver for SELECT to tenantry_resolver": "joined to one's own memberships",
  "api_key: resolver for SELECT to tenantry_resolver":
    "the one key of a public prefix, for resolve_api_key: asked before the organization is known",
  "plan_entitlements: everybody for SELECT to tenantry_app": "the table of plans, the same for every tenant",
  "webhook_event_type: everybody for SELECT to tenantry_app": "names of events, the same for every tenant",
  "usage_rollup_state: everybody for SELECT to tenantry_app": "an instant, the same for every tenant",
  "company: search for SELECT to tenantry_search":
    "the function filters by the tenant itself, to use the index",
  "contact: search for SELECT to tenantry_search":
    "the function filters by the tenant itself, to use the index",
};

/** Uniques of tenant tables that hold over all tenants: each tells that a value is taken, so each needs a reason. */
export const GLOBAL_UNIQUES: Record<string, string> = {
  organization_slug_key: "a slug is a URL; that it is taken is told to whoever asks for it anyway",
  organization_slug_pkey: "the same, for every slug an organization ever had",
  organization_slug_slug_digest_key: "the same, for what is left of the slugs of deleted organizations",
  invitation_token_hash_key: "a hash of 256 random bits, looked up before the organization is known",
  billing_customer_stripe_customer_id_key:
    "an id that Stripe gave us; told to nobody by a tenant's own writing",
  subscription_stripe_subscription_id_key: "the same",
  invoice_stripe_invoice_id_key: "the same",
  api_key_prefix_key: "71 random bits of ours, looked up before the organization is known",
  audit_detail_pkey: "the entry's id, a uuid of ours",
  audit_seal_pkey: "the same",
  audit_unsealed_pkey: "the same",
  audit_check_pkey: "the organization's id, or nil for the platform's chain",
};

/** SECURITY DEFINER functions: who owns each, and who may call it. */
export const DEFINERS: Record<string, { owner: string; callers: string[] }> = {
  "app.my_orgs()": { owner: "tenantry_resolver", callers: ["tenantry_app"] },
  "app.migrations_applied()": { owner: "tenantry_owner", callers: ["tenantry_system"] },
  "app.resolve_org(text)": { owner: "tenantry_resolver", callers: ["tenantry_app"] },
  "app.resolve_api_key(text)": { owner: "tenantry_resolver", callers: ["tenantry_app"] },
  "app.search_companies(text)": { owner: "tenantry_search", callers: ["tenantry_app"] },
  "app.search_contacts(text)": { owner: "tenantry_search", callers: ["tenantry_app"] },
};

/** What each role is, as Postgres has it. Memberships would be a way from one to the other. */
export const ROLE_ATTRIBUTES: Record<string, { login: boolean; memberOf: string[] }> = {
  tenantry_app: { login: true, memberOf: [] },
  tenantry_owner: { login: true, memberOf: ["tenantry_resolver", "tenantry_search"] },
  tenantry_resolver: { login: false, memberOf: [] },
  tenantry_search: { login: false, memberOf: [] },
  tenantry_system: { login: true, memberOf: [] },
};

export const columnOf = (access: Access): string =>
  access.by ?? (access.rows === "tenant" ? "org_id" : "user_id");
