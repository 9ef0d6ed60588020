import { settle } from "./clocks";
import { bodyOf, signature, type Sender } from "./webhooks";
import type { Delivery, Failure, Settings, World } from "./world";

/** A control call that cannot be carried out; its words say why. */
export class Unusable extends Error {}

type Body = Record<string, unknown>;

export interface Control {
  world: World;
  sender: Sender;
  requests: Recorded[];
}

/** A request to the API as it came, for the contract test. */
export interface Recorded {
  method: string;
  /** With its query. */
  path: string;
  body: string;
  status: number;
  answer: string;
}

/** What tests and scripts may do to the emulator, under `/_emulator`; Stripe has none of it. */
export const controls: Record<string, (control: Control, body: Body, query: URLSearchParams) => unknown> = {
  /** What time it is here, in ISO 8601 UTC, and how far that is from the machine's. */
  "GET /_emulator/clock": ({ world }) => timeOf(world),
  /** Moves the time of everything without a test clock; forward it brings what becomes due, in order. */
  "POST /_emulator/clock": ({ world }, { now, offset_ms: offset }) => {
    const to = typeof now === "number" ? now * 1000 : typeof now === "string" ? Date.parse(now) : NaN;
    const offsetMs = typeof offset === "number" ? offset : Math.round(to - Date.now());
    if (!Number.isFinite(offsetMs))
      throw new Unusable(
        "Give `now` as ISO 8601 or seconds since 1970, or `offset_ms` against the machine's clock.",
      );
    world.state.offsetMs = offsetMs;
    settle(world, null, world.worldNow());
    return timeOf(world);
  },
  "GET /_emulator/webhooks": ({ world }) => webhooksOf(world),
  /** `mode: "hold"` keeps events back until they are released; `url` and `secret` say where they go. */
  "POST /_emulator/webhooks": ({ world, sender }, { mode, url, secret }) => {
    const { webhooks } = world.state;
    if (mode !== undefined && mode !== "hold" && mode !== "deliver")
      throw new Unusable("`mode` is hold or deliver.");
    if (mode) webhooks.mode = mode;
    if (typeof url === "string") webhooks.url = url;
    if (typeof secret === "string") webhooks.secret = secret;
    if (mode === "deliver") for (const delivery of pending(world)) delivery.nextAttemptMs = 0;
    sender.pump();
    return webhooksOf(world);
  },
  /** Newest last; `?state=pending` and `?type=invoice.paid` choose. */
  "GET /_emulator/deliveries": ({ world }, _body, query) =>
    world.state.deliveries.filter(
      ({ state, type }) =>
        (!query.get("state") || query.get("state") === state) &&
        (!query.get("type") || query.get("type") === type),
    ),
  /** The body of one delivery with a fresh signature, for a test that posts it by itself. */
  "GET /_emulator/delivery": ({ world }, _body, query) => {
    const [delivery] = chosen(world, { ids: [query.get("id")] });
    const body = delivery && bodyOf(world, delivery);
    if (!body) throw new Unusable("There is no such delivery.");
    return { body, signature: signature(body, world.state.webhooks.secret) };
  },
  /** Sends now, one after the other, in the order of `ids` (all that wait, if none are given; `order: "reversed"`). */
  "POST /_emulator/deliveries/release": async ({ world, sender }, body) => {
    const deliveries = chosen(world, body);
    if (body.order === "reversed") deliveries.reverse();
    const sent = [];
    for (const delivery of deliveries)
      sent.push({ id: delivery.id, type: delivery.type, status: await sender.attempt(delivery) });
    return sent;
  },
  /** These are never sent: lost on the way. */
  "POST /_emulator/deliveries/drop": ({ world }, body) => {
    const deliveries = chosen(world, body);
    for (const delivery of deliveries) delivery.state = "dropped";
    return deliveries;
  },
  /** Sends again what was delivered already, `times` times. */
  "POST /_emulator/deliveries/repeat": async ({ world, sender }, body) => {
    const sent = [];
    for (const delivery of chosen(world, body)) {
      for (let time = 0; time < Number(body.times ?? 1); time += 1)
        sent.push({ id: delivery.id, type: delivery.type, status: await sender.attempt(delivery) });
    }
    return sent;
  },
  "GET /_emulator/failures": ({ world }) => world.state.failures,
  /** The next `count` requests (-1: all) whose path begins with `path` fail: `kind` timeout, 500 or 429. */
  "POST /_emulator/failures": ({ world }, { kind, count, path, method }) => {
    if (kind !== "timeout" && kind !== "500" && kind !== "429")
      throw new Unusable("`kind` is timeout, 500 or 429.");
    const failure: Failure = {
      kind,
      count: typeof count === "number" ? count : 1,
      path: typeof path === "string" ? path : "/v1/",
      ...(typeof method === "string" && { method: method.toUpperCase() }),
    };
    world.state.failures.push(failure);
    return world.state.failures;
  },
  "DELETE /_emulator/failures": ({ world }) => (world.state.failures = []),
  "GET /_emulator/settings": ({ world }) => world.state.settings,
  /** `after_retries`, `draft_seconds`, `retry_days`, `account_name`: what Stripe keeps in its dashboard. */
  "POST /_emulator/settings": ({ world }, body) => {
    for (const [name, value] of Object.entries(body)) {
      if (!isSetting(name, value))
        throw new Unusable(`The setting ${name} cannot be ${JSON.stringify(value)}.`);
      Object.assign(world.state.settings, { [name]: value });
    }
    return world.state.settings;
  },
  /** The last 5,000 requests to the API with what they were answered, oldest first. */
  "GET /_emulator/requests": ({ requests }) => requests,
  "DELETE /_emulator/requests": ({ requests }) => requests.splice(0),
};

const SETTINGS: { [K in keyof Settings]: (value: unknown) => boolean } = {
  after_retries: (value) => value === "past_due" || value === "unpaid" || value === "cancel",
  draft_seconds: (value) => typeof value === "number" && value >= 0,
  retry_days: (value) => Array.isArray(value) && value.every((day) => typeof day === "number" && day > 0),
  account_name: (value) => typeof value === "string" && value !== "",
};

function isSetting(name: string, value: unknown): boolean {
  return Object.hasOwn(SETTINGS, name) && SETTINGS[name as keyof Settings](value);
}

function timeOf(world: World) {
  return { now: new Date(world.worldNow() * 1000).toISOString(), offset_ms: world.state.offsetMs };
}

function webhooksOf(world: World) {
  const { mode, url } = world.state.webhooks;
  return { mode, url, pending: pending(world).length };
}

function pending(world: World): Delivery[] {
  return world.state.deliveries.filter(({ state }) => state === "pending");
}

function chosen(world: World, { ids }: Body): Delivery[] {
  if (!Array.isArray(ids)) return pending(world);
  return ids.map((id) => {
    const found = world.state.deliveries.find((delivery) => delivery.id === id || delivery.event === id);
    if (!found) throw new Unusable(`There is no delivery ${String(id)}.`);
    return found;
  });
}
