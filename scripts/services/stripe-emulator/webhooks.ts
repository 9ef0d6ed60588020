import { createHmac } from "node:crypto";
import type { Delivery, World } from "./world";

const AT_ONCE = 4;
const PATIENCE_MS = 30_000;
/** Waits between attempts grow from a second; after three days Stripe gives up. */
const WAITS_S = [1, 5, 30, 120, 600, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600, 24 * 3_600];

/** `t=…,v1=…` over the time and the raw body, as Stripe signs. The time is the machine's, which the receiver checks. */
export function signature(body: string, secret: string, atS = Math.floor(Date.now() / 1000)): string {
  const hash = createHmac("sha256", secret).update(`${atS}.${body}`).digest("hex");
  return `t=${atS},v1=${hash}`;
}

export function bodyOf(world: World, delivery: Delivery): string | undefined {
  const event = world.find("event", delivery.event);
  return event && JSON.stringify(event, null, 2);
}

/** Sends events to the app, again until it says yes. */
export class Sender {
  #sending = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly world: World,
    private readonly changed: () => void,
  ) {}

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Starts what may be sent now, and comes back when the next attempt is due. */
  pump(): void {
    clearTimeout(this.#timer);
    const { webhooks, deliveries } = this.world.state;
    if (this.#stopped || webhooks.mode === "hold" || !webhooks.url) return;
    const waiting = deliveries.filter(({ state, id }) => state === "pending" && !this.#inFlight.has(id));
    for (const delivery of waiting) {
      if (this.#sending >= AT_ONCE) return;
      if (delivery.nextAttemptMs <= Date.now()) void this.#send(delivery);
    }
    const next = Math.min(...waiting.map(({ nextAttemptMs }) => nextAttemptMs));
    if (Number.isFinite(next)) {
      this.#timer = setTimeout(() => this.pump(), Math.max(10, next - Date.now()));
      this.#timer.unref();
    }
  }

  readonly #inFlight = new Set<string>();

  async #send(delivery: Delivery): Promise<void> {
    this.#sending += 1;
    this.#inFlight.add(delivery.id);
    try {
      await this.attempt(delivery);
    } finally {
      this.#sending -= 1;
      this.#inFlight.delete(delivery.id);
      this.changed();
      this.pump();
    }
  }

  /** Sends one delivery once, whatever the mode; resolves with the receiver's status, 0 when it did not answer. */
  async attempt(delivery: Delivery): Promise<number> {
    const { url, secret } = this.world.state.webhooks;
    const body = bodyOf(this.world, delivery);
    if (body === undefined) {
      delivery.state = "dropped";
      return 0;
    }
    delivery.attempts += 1;
    const status = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signature(body, secret),
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).then(
      async (response) => {
        await response.arrayBuffer().catch(() => undefined);
        return response.status;
      },
      () => 0,
    );
    delivery.status = status;
    const event = this.world.find("event", delivery.event);
    if (status >= 200 && status < 300) {
      delivery.state = "delivered";
      if (event) event.pending_webhooks = 0;
      return status;
    }
    const wait = WAITS_S[delivery.attempts - 1];
    if (wait === undefined) delivery.state = "failed";
    else if (delivery.state !== "delivered") {
      delivery.state = "pending";
      delivery.nextAttemptMs = Date.now() + wait * 1000;
    }
    return status;
  }
}
