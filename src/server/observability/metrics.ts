/** Prometheus metrics of this process: `tenantry_<area>_<what>_<unit>[_total]`, labels bounded by an enum of ours. */
import client from "prom-client";

function create() {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry, prefix: "tenantry_process_" });
  const registers = [registry];
  const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  return {
    registry,
    procedureSeconds: new client.Histogram({
      name: "tenantry_api_procedure_seconds",
      help: "Time of one tRPC procedure.",
      labelNames: ["procedure", "outcome"] as const,
      buckets: seconds,
      registers,
    }),
    jobSteps: new client.Counter({
      name: "tenantry_jobs_steps_total",
      help: "Steps of jobs by outcome.",
      labelNames: ["task_type", "outcome"] as const,
      registers,
    }),
    jobsFinished: new client.Counter({
      name: "tenantry_jobs_finished_total",
      help: "Jobs that reached an end, by status.",
      labelNames: ["task_type", "status"] as const,
      registers,
    }),
    jobsRedispatched: new client.Counter({
      name: "tenantry_jobs_redispatched_total",
      help: "Jobs sent again because their engine gave no sign of life.",
      registers,
    }),
    jobStreams: new client.Gauge({
      name: "tenantry_jobs_streams_open",
      help: "Open live streams of this process.",
      registers,
    }),
    outboxSent: new client.Counter({
      name: "tenantry_events_outbox_sent_total",
      help: "Events sent from the outbox.",
      registers,
    }),
    webhooksSent: new client.Counter({
      name: "tenantry_webhooks_sent_total",
      help: "Tries of outgoing webhooks by outcome.",
      labelNames: ["outcome"] as const,
      registers,
    }),
    webhooksLag: new client.Gauge({
      name: "tenantry_webhooks_lag_seconds",
      help: "How long the oldest outgoing webhook that is due has waited.",
      registers,
    }),
    outboxFailures: new client.Counter({
      name: "tenantry_events_outbox_failures_total",
      help: "Rounds of the outbox that the engine did not take.",
      registers,
    }),
    signIns: new client.Counter({
      name: "tenantry_auth_sign_ins_total",
      help: "Sign-ins by method and outcome.",
      labelNames: ["method", "outcome"] as const,
      registers,
    }),
    tokensRefused: new client.Counter({
      name: "tenantry_auth_tokens_refused_total",
      help: "Session tokens that did not verify, by reason.",
      labelNames: ["reason"] as const,
      registers,
    }),
    keyChecks: new client.Counter({
      name: "tenantry_auth_key_checks_total",
      help: "API keys and access tokens that knocked, by outcome (ok, form, unknown, secret, revoked, expired, session).",
      labelNames: ["outcome"] as const,
      registers,
    }),
    rateRefusals: new client.Counter({
      name: "tenantry_api_rate_refusals_total",
      help: "Calls refused with 429, by who was counted (anonymous, user, key).",
      labelNames: ["kind"] as const,
      registers,
    }),
    rateStoreFailures: new client.Counter({
      name: "tenantry_api_rate_store_failures_total",
      help: "Times the store of limits did not answer, so that all passed.",
      registers,
    }),
    breakerState: new client.Gauge({
      name: "tenantry_outbound_breaker_state",
      help: "Circuit breaker of a party we call: 0 closed, 1 half open, 2 open.",
      labelNames: ["party"] as const,
      // The worst of the workers of a machine is what an alert wants.
      aggregator: "max",
      registers,
    }),
    outboundCalls: new client.Counter({
      name: "tenantry_outbound_calls_total",
      help: "Calls to other parties by operation and outcome (ok, refused, outage, not_made).",
      labelNames: ["party", "operation", "outcome"] as const,
      registers,
    }),
    outboundSeconds: new client.Histogram({
      name: "tenantry_outbound_call_seconds",
      help: "Time of one call to another party.",
      labelNames: ["party", "operation"] as const,
      buckets: seconds,
      registers,
    }),
    webhookLagSeconds: new client.Histogram({
      name: "tenantry_billing_webhook_lag_seconds",
      help: "From the instant of an event at Stripe to its being handled here.",
      buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400],
      registers,
    }),
    webhooks: new client.Counter({
      name: "tenantry_billing_webhooks_total",
      help: "Webhooks of Stripe by outcome (stored, repeated, forged, stale, malformed, too_large).",
      labelNames: ["outcome"] as const,
      registers,
    }),
    inboxWaiting: new client.Gauge({
      name: "tenantry_billing_inbox_waiting",
      help: "Events of Stripe that are stored and not handled, by state (received, failed).",
      labelNames: ["state"] as const,
      aggregator: "max",
      registers,
    }),
    reconciliationAge: new client.Gauge({
      name: "tenantry_billing_reconciliation_age_seconds",
      help: "Since the last reconciliation that ran to its end; -1 when there was none.",
      aggregator: "max",
      registers,
    }),
    reconciliationOpen: new client.Gauge({
      name: "tenantry_billing_reconciliation_open",
      help: "Differences between Stripe, subscription and ledger that nobody has repaired or dismissed.",
      aggregator: "max",
      registers,
    }),
    mrr: new client.Gauge({
      name: "tenantry_billing_mrr_dollars",
      help: "Monthly recurring revenue by plan.",
      labelNames: ["plan"] as const,
      aggregator: "max",
      registers,
    }),
    ledgerUnsealedSeconds: new client.Gauge({
      name: "tenantry_metering_ledger_unsealed_seconds",
      help: "Age of the oldest ledger entry that is not sealed yet.",
      aggregator: "max",
      registers,
    }),
    ledgerExportAge: new client.Gauge({
      name: "tenantry_metering_ledger_export_age_seconds",
      help: "Since the end of the last day of the ledger that lies in the locked bucket whole; -1 without a bucket.",
      aggregator: "max",
      registers,
    }),
    ledgerExportUnlocked: new client.Gauge({
      name: "tenantry_metering_ledger_export_unlocked_count",
      help: "Files of the ledger's export that were written to a store without Object Lock.",
      aggregator: "max",
      registers,
    }),
    auditUnsealedSeconds: new client.Gauge({
      name: "tenantry_audit_unsealed_seconds",
      help: "Age of the oldest audit entry that is not sealed yet.",
      aggregator: "max",
      registers,
    }),
    auditBrokenChains: new client.Gauge({
      name: "tenantry_audit_broken_chains_count",
      help: "Audit chains in which the last verification found something changed, missing or unsealed.",
      aggregator: "max",
      registers,
    }),
    ledgerCounterDrifts: new client.Gauge({
      name: "tenantry_metering_counter_drifts_count",
      help: "Usage counters that differ from the ledger, at the last comparison.",
      aggregator: "max",
      registers,
    }),
    quotaRefusals: new client.Counter({
      name: "tenantry_metering_quota_refusals_total",
      help: "Uses that a plan's limit refused.",
      labelNames: ["meter"] as const,
      registers,
    }),
    mails: new client.Counter({
      name: "tenantry_mail_sent_total",
      help: "Mails by template and outcome.",
      labelNames: ["template", "outcome"] as const,
      registers,
    }),
  };
}

const held = globalThis as typeof globalThis & { __tenantryMetrics?: ReturnType<typeof create> };
export const metrics = (): ReturnType<typeof create> => (held.__tenantryMetrics ??= create());
