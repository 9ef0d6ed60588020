import { page, type Paging } from "./answers";
import { attempt, endDiscount, finalize, notesOf as invoiceNotes } from "./invoices";
import type { Customer, TestClock } from "./objects";
import { DAY_S, HOUR_S } from "./periods";
import { invalid } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { cancelNow, expire, finish, periodOf, renew, tellTrialEnd } from "./subscriptions";
import { notesOf } from "./standing";
import type { World } from "./world";

const UNPAID_FIRST_S = 23 * HOUR_S;
const TRIAL_TOLD_S = 3 * DAY_S;
/** Of a clock's life; then Stripe deletes it. */
const CLOCK_KEPT_S = 30 * DAY_S;
const LONGEST_ADVANCE_INTERVALS = 2;
const MOST_ACTS = 100_000;
const EVENT_KEPT_S = 30 * DAY_S;

interface Due {
  at: number;
  act(): void;
}

/** Everything that will happen by itself to the customers of one time line; `null` is the world's own. */
function* dueOf(world: World, clock: string | null): Generator<Due> {
  for (const invoice of world.all("invoice")) {
    if (invoice.test_clock !== clock) continue;
    if (invoice.status === "draft" && invoice.auto_advance && invoice.automatically_finalizes_at !== null) {
      yield {
        at: invoice.automatically_finalizes_at,
        act: () => void attempt(world, finalize(world, invoice), {}),
      };
    }
    if (invoice.status === "open" && invoice.next_payment_attempt !== null) {
      yield {
        at: invoice.next_payment_attempt,
        act() {
          invoiceNotes(world, invoice).retries += 1;
          attempt(world, invoice, {});
        },
      };
    }
  }
  for (const subscription of world.all("subscription")) {
    if (subscription.test_clock !== clock || subscription.ended_at !== null) continue;
    const { status } = subscription;
    const { endsUnpaidAt } = notesOf(world, subscription);
    if (endsUnpaidAt !== undefined) {
      yield { at: endsUnpaidAt, act: () => cancelNow(world, subscription, { reason: "payment_failed" }) };
      continue;
    }
    if (status === "incomplete") {
      yield { at: subscription.created + UNPAID_FIRST_S, act: () => expire(world, subscription) };
      continue;
    }
    for (const id of subscription.discounts) {
      const discount = world.find("discount", id);
      if (discount?.end) yield { at: discount.end, act: () => endDiscount(world, subscription, discount) };
    }
    if (
      status === "trialing" &&
      subscription.trial_end !== null &&
      !notesOf(world, subscription).trialEndTold
    )
      yield { at: subscription.trial_end - TRIAL_TOLD_S, act: () => tellTrialEnd(world, subscription) };
    const resumes = subscription.pause_collection?.resumes_at;
    if (resumes)
      yield {
        at: resumes,
        act: () =>
          void world.change(
            "customer.subscription.updated",
            subscription,
            (held) => (held.pause_collection = null),
          ),
      };
    const ends = subscription.cancel_at_period_end ? periodOf(subscription).end : subscription.cancel_at;
    if (ends !== null) yield { at: ends, act: () => finish(world, subscription) };
    if (status !== "paused") yield { at: periodOf(subscription).end, act: () => renew(world, subscription) };
  }
  for (const session of world.all("checkout.session")) {
    const owner = world.find("customer", session.customer);
    if (session.status !== "open" || (owner?.test_clock ?? null) !== clock) continue;
    yield {
      at: session.expires_at,
      act() {
        session.status = "expired";
        session.url = null;
        world.emit("checkout.session.expired", session);
      },
    };
  }
}

function nextDue(world: World, clock: string | null): Due | undefined {
  let next: Due | undefined;
  // Of two at the same instant the one that is listed first comes first: an end before a renewal.
  for (const due of dueOf(world, clock)) if (!next || due.at < next.at) next = due;
  return next;
}

/** Whether time has brought something that was not carried out yet. */
export function isDue(world: World): boolean {
  world.nextDueAt ??= nextDue(world, null)?.at ?? Infinity;
  return world.nextDueAt <= world.worldNow();
}

/** Carries out, in the order of their instants, what has become due by `until`. */
export function settle(world: World, clock: string | null, until: number): void {
  if (clock === null && world.nextDueAt !== undefined && until < world.nextDueAt) return;
  const before = world.request;
  world.request = { id: null, idempotency_key: null };
  try {
    let done = 0;
    for (let next = nextDue(world, clock); next && next.at <= until; next = nextDue(world, clock)) {
      world.during(next.at, clock, next.act);
      // An act that leaves itself due would be carried out for ever.
      if ((done += 1) > MOST_ACTS) throw new Error(`time does not get past ${next.at}`);
    }
  } finally {
    world.request = before;
  }
  if (clock !== null) return;
  world.nextDueAt = nextDue(world, null)?.at ?? Infinity;
  if (until - world.forgotAt >= HOUR_S) forgetOld(world, until);
}

/** Stripe keeps events for 30 days. */
function forgetOld(world: World, now: number): void {
  world.forgotAt = now;
  // What still waits to be sent is kept, however far time was moved.
  const waiting = new Set(
    world.state.deliveries.filter(({ state }) => state === "pending").map(({ event }) => event),
  );
  for (const [id, made] of Object.entries(world.state.eventsMade)) {
    if (made >= now - EVENT_KEPT_S || waiting.has(id)) continue;
    world.remove("event", id);
    delete world.state.eventsMade[id];
  }
  const deliveries = world.state.deliveries;
  if (deliveries.length > 5_000) {
    world.state.deliveries = deliveries.filter(
      ({ state }, index) => state === "pending" || index >= deliveries.length - 2_500,
    );
  }
}

function advance(world: World, clock: TestClock, to: number): object {
  if (to <= clock.frozen_time)
    throw invalid("The frozen_time must be after the current frozen_time of the test clock.", "frozen_time");
  const shortest = shortestInterval(world, clock);
  if (shortest !== null && to > clock.frozen_time + LONGEST_ADVANCE_INTERVALS * shortest)
    throw invalid(
      "A test clock may be advanced by at most two intervals of its shortest subscription at a time.",
      "frozen_time",
    );
  const target = { status: "advancing" as const, status_details: { advancing: { target_frozen_time: to } } };
  Object.assign(clock, target);
  world.emit("test_helpers.test_clock.advancing", clock);
  // Stripe works on it for a while and says so; here it is done before the answer leaves.
  const answer = structuredClone(clock);
  settle(world, clock.id, to);
  clock.frozen_time = to;
  clock.status = "ready";
  clock.status_details = {};
  world.emit("test_helpers.test_clock.ready", clock);
  return answer;
}

const LENGTH_S = { day: DAY_S, week: 7 * DAY_S, month: 31 * DAY_S, year: 366 * DAY_S };

function shortestInterval(world: World, clock: TestClock): number | null {
  const lengths = world
    .all("subscription")
    .filter((subscription) => subscription.test_clock === clock.id && subscription.ended_at === null)
    .flatMap(({ items }) => items.data.flatMap(({ price }) => price.recurring ?? []))
    .map(({ interval, interval_count: count }) => LENGTH_S[interval] * count);
  return lengths.length ? Math.min(...lengths) : null;
}

/** Test clocks, each with the time of its own customers. */
export const clocks: Routes = {
  "GET /v1/test_helpers/test_clocks": handle<Paging>(({ world, params, url }) =>
    page(world.all("test_helpers.test_clock"), params, url),
  ),
  "POST /v1/test_helpers/test_clocks": handle<{ frozen_time: number; name?: string }>(({ world, params }) => {
    understands(params, ["frozen_time", "name"]);
    const created = world.worldNow();
    const clock: TestClock = {
      ...world.base("clock", "test_helpers.test_clock"),
      deletes_after: created + CLOCK_KEPT_S,
      frozen_time: params.frozen_time,
      name: params.name ?? null,
      status: "ready",
      status_details: {},
    };
    world.put("test_helpers.test_clock", clock);
    world.emit("test_helpers.test_clock.created", clock);
    return clock;
  }),
  "GET /v1/test_helpers/test_clocks/{test_clock}": handle(({ world, id }) =>
    world.get("test_helpers.test_clock", id()),
  ),
  "POST /v1/test_helpers/test_clocks/{test_clock}/advance": handle<{ frozen_time: number }>(
    ({ world, params, id }) => advance(world, world.get("test_helpers.test_clock", id()), params.frozen_time),
  ),
  "DELETE /v1/test_helpers/test_clocks/{test_clock}": handle(({ world, id }) => {
    const clock = world.get("test_helpers.test_clock", id());
    for (const subscription of world.all("subscription")) {
      if (subscription.test_clock === clock.id && subscription.ended_at === null)
        cancelNow(world, subscription, {});
    }
    for (const customer of world.all("customer")) {
      if (customer.test_clock !== clock.id) continue;
      const gone = { id: customer.id, object: "customer" as const, deleted: true };
      world.put("customer", gone as unknown as Customer);
    }
    world.emit("test_helpers.test_clock.deleted", clock);
    world.remove("test_helpers.test_clock", clock.id);
    return { id: clock.id, object: "test_helpers.test_clock", deleted: true };
  }),
};
