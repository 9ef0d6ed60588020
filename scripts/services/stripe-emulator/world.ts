import { randomBytes } from "node:crypto";
import { document } from "./contract";
import type { CardBehaviour } from "./cards";
import type { Challenge } from "./challenges";
import type { CheckoutNotes } from "./checkout";
import type { Collections, Customer, Kind, Line, Metadata, Usage } from "./objects";
import { missing } from "./refusal";

/** What was charged for an item's running period, and so is credited when the item changes. */
export interface Billed {
  /** Net of discounts, minor units. */
  amount: number;
  from: number;
  to: number;
  invoice: string | null;
  line: string;
}

export interface SubscriptionNotes {
  billed: Record<string, Billed>;
  /** Proration lines that wait for the next invoice. */
  pending: Line[];
  /** The end of the trial was told three days ahead. */
  trialEndTold: boolean;
  /** When its last retry failed, and such a subscription is to end. */
  endsUnpaidAt?: number;
}

export interface InvoiceNotes {
  firstAttempt: number | null;
  retries: number;
  /** Usage of this time is read again when the invoice is finalized. */
  metered: { item: string; start: number; end: number }[];
  balanceBefore: number | null;
}

export interface Delivery {
  id: string;
  event: string;
  type: string;
  state: "pending" | "delivered" | "failed" | "dropped";
  attempts: number;
  /** Of the receiver's last answer; 0 when there was none. */
  status: number | null;
  /** The machine's time in ms, for waits between attempts are real. */
  nextAttemptMs: number;
}

export interface Failure {
  kind: "timeout" | "500" | "429";
  /** How many requests still fail; -1 for all. */
  count: number;
  /** Only requests whose path begins so. */
  path: string;
  method?: string;
}

export interface Settings {
  /** What becomes of a subscription whose last retry failed. */
  after_retries: "past_due" | "unpaid" | "cancel";
  /** Seconds that a renewal invoice stays a draft. */
  draft_seconds: number;
  /** Days after the first failed attempt on which it is tried again. */
  retry_days: number[];
  account_name: string;
}

/** All that is kept, as plain JSON. */
export interface State {
  offsetMs: number;
  objects: { [K in Kind]: Record<string, Collections[K]> };
  usage: Usage[];
  cards: Record<string, CardBehaviour>;
  subscriptions: Record<string, SubscriptionNotes>;
  invoices: Record<string, InvoiceNotes>;
  checkouts: Record<string, CheckoutNotes>;
  challenges: Record<string, Challenge>;
  deliveries: Delivery[];
  /** When an event was made by the world's time; its own `created` may be a test clock's. */
  eventsMade: Record<string, number>;
  idempotency: Record<
    string,
    { fingerprint: string; status: number; body: string; requestId: string; at: number }
  >;
  failures: Failure[];
  settings: Settings;
  webhooks: { url: string; secret: string; mode: "deliver" | "hold" };
}

export function emptyState(webhooks: { url: string; secret: string } = { url: "", secret: "" }): State {
  return {
    offsetMs: 0,
    objects: {
      product: {},
      price: {},
      "billing.meter": {},
      customer: {},
      tax_id: {},
      customer_balance_transaction: {},
      payment_method: {},
      payment_intent: {},
      coupon: {},
      promotion_code: {},
      discount: {},
      subscription: {},
      invoice: {},
      invoice_payment: {},
      "checkout.session": {},
      "billing_portal.configuration": {},
      "billing_portal.session": {},
      event: {},
      "test_helpers.test_clock": {},
    },
    usage: [],
    cards: {},
    subscriptions: {},
    invoices: {},
    checkouts: {},
    challenges: {},
    deliveries: [],
    eventsMade: {},
    idempotency: {},
    failures: [],
    settings: {
      after_retries: "past_due",
      draft_seconds: 3_600,
      retry_days: [1, 3, 5, 7],
      account_name: "Tenantry",
    },
    webhooks: { ...webhooks, mode: "deliver" },
  };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function newId(prefix: string, length = 24): string {
  return `${prefix}_${[...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("")}`;
}

/** The kept state with the acts that everything shares: time, ids, objects, events. */
export class World {
  /** While a due act of the past is carried out, its instant. */
  #at: number | undefined;
  request: { id: string | null; idempotency_key: string | null } = { id: null, idempotency_key: null };
  onEvent: () => void = () => {};
  /** When something next becomes due by itself; unknown after each change. */
  nextDueAt: number | undefined;
  /** Up to when old events were forgotten. */
  forgotAt = 0;

  constructor(
    readonly state: State,
    readonly baseUrl: string,
  ) {}

  /** Now for everything without a test clock: the machine's time plus the offset. */
  worldNow(): number {
    return this.#at ?? Math.floor((Date.now() + this.state.offsetMs) / 1000);
  }

  /** Now for a customer, or for what hangs on one. */
  now(customer?: string | null): number {
    const clock = customer ? this.state.objects.customer[customer]?.test_clock : undefined;
    return clock ? this.get("test_helpers.test_clock", clock).frozen_time : this.worldNow();
  }

  /** Carries out an act of the past at its instant. */
  during(at: number, clock: string | null, act: () => void): void {
    if (clock) {
      this.get("test_helpers.test_clock", clock).frozen_time = at;
      act();
      return;
    }
    this.#at = at;
    try {
      act();
    } finally {
      this.#at = undefined;
    }
  }

  /** @throws Refusal 404, or 400 when a parameter named it. */
  get<K extends Kind>(kind: K, id: string, param?: string): Collections[K] {
    const found = this.find(kind, id);
    if (!found) throw missing(kind.split(".").at(-1) ?? kind, id, param);
    return found;
  }

  find<K extends Kind>(kind: K, id: string | null | undefined): Collections[K] | undefined {
    const all: Record<string, Collections[K]> = this.state.objects[kind];
    return id && Object.hasOwn(all, id) ? all[id] : undefined;
  }

  all<K extends Kind>(kind: K): Collections[K][] {
    return Object.values(this.state.objects[kind]) as Collections[K][];
  }

  put<K extends Kind>(kind: K, object: Collections[K]): Collections[K] {
    const all: Record<string, Collections[K]> = this.state.objects[kind];
    all[object.id] = object;
    return object;
  }

  remove(kind: Kind, id: string): void {
    delete this.state.objects[kind][id];
  }

  base<O extends string>(prefix: string, object: O, customer?: string | null) {
    return { id: newId(prefix), object, livemode: false as const, created: this.now(customer) };
  }

  /** Tells what happened; the snapshot is the object as it is now. */
  emit(type: string, object: object, previous?: Record<string, unknown>): void {
    const id = newId("evt");
    this.put("event", {
      id,
      object: "event",
      livemode: false,
      created: this.now(customerOf(object)),
      api_version: document.info.version,
      data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
      pending_webhooks: this.state.webhooks.url ? 1 : 0,
      request: this.request,
      type,
    });
    this.state.eventsMade[id] = this.worldNow();
    if (!this.state.webhooks.url) return;
    this.state.deliveries.push({
      id: newId("whd"),
      event: id,
      type,
      state: "pending",
      attempts: 0,
      status: null,
      nextAttemptMs: Date.now(),
    });
    this.onEvent();
  }

  /** Changes an object and tells it with what stood there before; tells nothing when nothing changed. */
  change<T extends object>(type: string, object: T, act: (object: T) => void): T {
    const before = structuredClone(object);
    act(object);
    const previous = differences(before, object);
    if (Object.keys(previous).length) this.emit(type, object, previous);
    return object;
  }
}

function customerOf(object: object): string | undefined {
  const { id, customer, object: kind } = object as Partial<Customer> & { customer?: string | null };
  return kind === "customer" ? id : (customer ?? undefined);
}

function differences(before: object, after: object): Record<string, unknown> {
  const now: Record<string, unknown> = { ...after };
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name])),
  );
}

/** Metadata after a change: an empty value takes a key away, an empty string takes all away. */
export function mergedMetadata(old: Metadata, given: Metadata | "" | undefined): Metadata {
  if (given === undefined) return old;
  if (given === "") return {};
  const merged = { ...old, ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
}
