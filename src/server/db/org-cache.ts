/**
 * What a process knows of organizations: kept for 30 s and forgotten at once when Postgres tells of a change; while the
 * listener may have missed something, the database is asked (design decision 5).
 */
import { databaseListener, type Notification, type NotificationKind } from "./listener";

const KEPT_MS = 30_000;
/** Beyond this the oldest answers go. */
const MOST_KEPT = 20_000;

export class OrgCache<Value> {
  readonly #kept = new Map<string, { value: Value; until: number }>();
  /** Moves with each forgetting: an answer asked before it may be old and is not kept. */
  #generation = 0;

  constructor(private readonly kind: NotificationKind) {
    databaseListener().subscribe((notification) => this.#hear(notification));
  }

  /** What is known, else what `read` answers; null is not kept. */
  async of<Asked extends Value | null>(orgId: string, read: () => Promise<Asked>): Promise<Value | Asked> {
    const known = databaseListener().isFresh() ? this.#kept.get(orgId) : undefined;
    if (known && known.until > Date.now()) return known.value;
    const generation = this.#generation;
    const value = await read();
    if (value !== null && generation === this.#generation) this.#keep(orgId, value as Value);
    return value;
  }

  #keep(orgId: string, value: Value) {
    this.#kept.delete(orgId);
    this.#kept.set(orgId, { value, until: Date.now() + KEPT_MS });
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  #hear(notification: Notification) {
    if (notification.kind !== this.kind && notification.kind !== "reset") return;
    this.#generation++;
    if (notification.kind === "reset" || !notification.orgId) this.#kept.clear();
    else this.#kept.delete(notification.orgId);
  }
}
