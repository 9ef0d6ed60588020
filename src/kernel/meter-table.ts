/** What is counted (spec §5). Whole units: jobs, calls, mails, tokens, images, seconds, bytes. */
import type { Limit } from "./plans";

export const METER_NAMES = [
  "jobs",
  "api_calls",
  "emails",
  "ai_tokens",
  "images",
  "tts_seconds",
  "render_seconds",
  "storage_bytes",
] as const;
type Meter = (typeof METER_NAMES)[number];

export type MeterDefinition = {
  /** Of the ledger; whole ones. */
  unit: "job" | "call" | "mail" | "token" | "image" | "second" | "byte";
  /** A counter starts anew with each billing period; a gauge is what is there now, measured daily. */
  kind: "counter" | "gauge";
  /** What a plan allows of it, and how many of the ledger's units make one of the plan's. */
  limit: Limit;
  unitsPerLimit: number;
  /** Beyond the plan, in US dollars: `price` for `per` units of the ledger. Null where nothing beyond can be bought. */
  overage: { price: string; per: number } | null;
  /** The name people read, and that of the plan's unit. */
  label: string;
  shownUnit: string;
};

const defineMeter = (definition: MeterDefinition): MeterDefinition => definition;

/** Limits and pages speak in the plan's units (minutes, GB of 10⁹ bytes), the ledger in its own. */
export const METERS: Record<Meter, MeterDefinition> = {
  jobs: defineMeter({
    unit: "job",
    kind: "counter",
    limit: "jobs",
    unitsPerLimit: 1,
    overage: null,
    label: "Jobs",
    shownUnit: "jobs",
  }),
  api_calls: defineMeter({
    unit: "call",
    kind: "counter",
    limit: "api_calls",
    unitsPerLimit: 1,
    overage: null,
    label: "API calls",
    shownUnit: "calls",
  }),
  emails: defineMeter({
    unit: "mail",
    kind: "counter",
    limit: "emails",
    unitsPerLimit: 1,
    overage: null,
    label: "Emails",
    shownUnit: "emails",
  }),
  ai_tokens: defineMeter({
    unit: "token",
    kind: "counter",
    limit: "ai_tokens",
    unitsPerLimit: 1,
    overage: null,
    label: "AI tokens",
    shownUnit: "tokens",
  }),
  images: defineMeter({
    unit: "image",
    kind: "counter",
    limit: "images",
    unitsPerLimit: 1,
    overage: { price: "0.05", per: 1 },
    label: "Images",
    shownUnit: "images",
  }),
  tts_seconds: defineMeter({
    unit: "second",
    kind: "counter",
    limit: "tts_minutes",
    unitsPerLimit: 60,
    overage: { price: "0.001", per: 1 },
    label: "Speech",
    shownUnit: "minutes",
  }),
  render_seconds: defineMeter({
    unit: "second",
    kind: "counter",
    limit: "render_minutes",
    unitsPerLimit: 60,
    overage: { price: "0.10", per: 60 },
    label: "Rendering",
    shownUnit: "minutes",
  }),
  storage_bytes: defineMeter({
    unit: "byte",
    kind: "gauge",
    limit: "storage_gb",
    unitsPerLimit: 1_000_000_000,
    overage: { price: "0.10", per: 1_000_000_000 },
    label: "Storage",
    shownUnit: "GB",
  }),
};
