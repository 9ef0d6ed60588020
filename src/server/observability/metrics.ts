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
