import { createHash } from "node:crypto";
import { Decimal } from "decimal.js";
import { page, type Paging } from "./answers";
import { decimalSum } from "./money";
import type { Meter, Usage } from "./objects";
import { DAY_S, HOUR_S } from "./periods";
import { invalid } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { newId, type World } from "./world";

const OLDEST_S = 35 * DAY_S;
const NEWEST_S = 5 * 60;
const ONCE_S = DAY_S;
const MOST_DIGITS = 15;

/** What a meter counted for a customer in a half-open interval, as a decimal number. */
export function usageOf(world: World, meter: string, customer: string, start: number, end: number): string {
  const found = world.state.usage.filter(
    (usage) =>
      usage.meter === meter &&
      usage.customer === customer &&
      usage.timestamp >= start &&
      usage.timestamp < end,
  );
  return aggregated(world.get("billing.meter", meter), found);
}

function aggregated(meter: Meter, usage: Usage[]): string {
  if (meter.default_aggregation.formula === "count") return String(usage.length);
  if (meter.default_aggregation.formula === "last") {
    return usage.toSorted((a, b) => a.timestamp - b.timestamp).at(-1)?.value ?? "0";
  }
  return decimalSum(usage.map(({ value }) => value));
}

interface EventParams {
  event_name: string;
  identifier?: string;
  payload: Record<string, string>;
  timestamp?: number;
}

function record(world: World, params: EventParams) {
  const meter = world
    .all("billing.meter")
    .find(({ event_name: name, status }) => name === params.event_name && status === "active");
  if (!meter)
    throw invalid(`No active meter found for event name ${params.event_name}.`, "event_name", "no_meter");
  const { customer_mapping: mapping, value_settings: settings } = meter;
  const customer = params.payload[mapping.event_payload_key];
  if (!customer)
    throw invalid(
      `The payload must have the key ${mapping.event_payload_key}.`,
      "payload",
      "meter_event_customer_mapping_missing",
    );
  world.get("customer", customer, `payload[${mapping.event_payload_key}]`);
  const value = params.payload[settings.event_payload_key] ?? "";
  const isCount = meter.default_aggregation.formula === "count";
  if (!isCount && !/^-?\d+(\.\d+)?$/.test(value))
    throw invalid(
      `The value of ${settings.event_payload_key} in the payload must be a number.`,
      "payload",
      "meter_event_invalid_value",
    );
  if (!isCount && new Decimal(value).precision() > MOST_DIGITS)
    throw invalid(
      `The value in the event payload can have at most ${MOST_DIGITS} digits. Received ${value}.`,
      "payload",
      "meter_event_value_too_many_digits",
    );
  const now = world.now(customer);
  const timestamp = params.timestamp ?? now;
  if (timestamp < now - OLDEST_S)
    throw invalid(
      "The timestamp must be within the past 35 calendar days.",
      "timestamp",
      "timestamp_too_far_in_past",
    );
  if (timestamp > now + NEWEST_S)
    throw invalid(
      "The timestamp must not be more than 5 minutes in the future.",
      "timestamp",
      "timestamp_in_future",
    );
  const identifier = params.identifier ?? newId("evt_meter");
  const event = {
    object: "billing.meter_event",
    created: now,
    event_name: params.event_name,
    identifier,
    livemode: false,
    payload: params.payload,
    timestamp,
  };
  const isKnown = world.state.usage.some(
    (usage) => usage.identifier === identifier && Math.abs(now - usage.received) < ONCE_S,
  );
  if (isKnown)
    throw invalid(
      `An event already exists with identifier ${identifier}.`,
      "identifier",
      "duplicate_meter_event",
    );
  world.state.usage.push({
    meter: meter.id,
    customer,
    identifier,
    value: isCount ? "1" : value,
    timestamp,
    received: now,
  });
  return event;
}

interface SummaryParams extends Paging {
  customer: string;
  start_time: number;
  end_time: number;
  value_grouping_window?: "day" | "hour";
}

function summaries(world: World, meter: Meter, params: SummaryParams) {
  const { customer, start_time: start, end_time: end, value_grouping_window: grouping } = params;
  world.get("customer", customer, "customer");
  const grain = grouping === "day" ? DAY_S : grouping === "hour" ? HOUR_S : 60;
  for (const name of ["start_time", "end_time"] as const) {
    if (params[name] % grain !== 0)
      throw invalid(`${name} must be aligned with ${grouping ?? "minute"} boundaries.`, name);
  }
  if (end <= start) throw invalid("end_time must be after start_time.", "end_time");
  const window = grouping ? grain : end - start;
  const found = [];
  for (let from = start; from < end; from += window) {
    const to = Math.min(end, from + window);
    const value = usageOf(world, meter.id, customer, from, to);
    const some = world.state.usage.some(
      (usage) =>
        usage.meter === meter.id &&
        usage.customer === customer &&
        usage.timestamp >= from &&
        usage.timestamp < to,
    );
    // Stripe leaves out windows in which nothing was counted.
    if (!some) continue;
    found.push({
      id: `mtrusg_test_${createHash("sha256").update(`${meter.id} ${customer} ${from} ${to}`).digest("hex").slice(0, 24)}`,
      object: "billing.meter_event_summary",
      aggregated_value: Number(value),
      end_time: to,
      livemode: false,
      meter: meter.id,
      start_time: from,
    });
  }
  return found;
}

/** Meter events in, summaries out. */
export const usage: Routes = {
  "POST /v1/billing/meter_events": handle<EventParams>(({ world, params }) => {
    understands(params, ["event_name", "identifier", "payload", "timestamp"]);
    return record(world, params);
  }),
  "GET /v1/billing/meters/{id}/event_summaries": handle<SummaryParams>(({ world, params, id, url }) =>
    page(summaries(world, world.get("billing.meter", id()), params), params, url),
  ),
};
