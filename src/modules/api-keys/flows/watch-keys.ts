/**
 * Keys seen lately, held in memory by their public prefix, so that the hot path has no database. What is held is the
 * digest, never a key. Right within a second on every instance: the database announces each end (`api_key`), and while
 * the ear may have missed something it is asked each time; 30 s besides. An expiry is judged by the clock at each use.
 */
import type { Trace } from "~/kernel/actor";
import { databaseListener, type Notification } from "~/server/db/listener";
import { newId } from "~/server/db/ids";
import { readAsNobody } from "~/server/db/with-nobody";
import { withSystem } from "~/server/db/with-system";
import { resolveKey, type KeyAtDoor } from "../queries";
import { noteUses, type Use } from "../queries/system";

const KEPT_MS = 30_000;
/** Beyond this the oldest go; one is about 500 bytes. */
const MOST_KEPT = 10_000;

class KeyWatch {
  readonly #kept = new Map<string, { key: KeyAtDoor; untilMs: number }>();
  /** The last use of each key since the last turn. */
  #uses = new Map<string, Use>();
  /** Moves with each forgetting: an answer asked before it may be old and is not kept. */
  #generation = 0;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = databaseListener().subscribe((notification) => this.#hear(notification));
  }

  /** The key of this prefix, ended or not; null when there is none. */
  async byPrefix(prefix: string, trace: Trace): Promise<KeyAtDoor | null> {
    const kept = this.#kept.get(prefix);
    if (kept && kept.untilMs > performance.now() && databaseListener().isFresh()) return kept.key;
    const generation = this.#generation;
    const key = await readAsNobody(trace, (scope) => resolveKey(scope, prefix));
    // What does not exist is not kept: anybody could fill the memory with guesses.
    if (key && generation === this.#generation) this.#keep(prefix, key);
    return key;
  }

  /** Forgets an organization's keys: for the process that ended one itself, which need not wait to hear of it. */
  forget(orgId: string | null): void {
    this.#generation++;
    if (!orgId) return this.#kept.clear();
    for (const [prefix, { key }] of this.#kept) if (key.orgId === orgId) this.#kept.delete(prefix);
  }

  used(use: Use): void {
    this.#uses.set(use.keyId, use);
  }

  /** Writes down when keys were last used. What could not be written goes again, unless the key was used since. */
  async flush(): Promise<void> {
    if (this.#uses.size === 0) return;
    const taken = this.#uses;
    this.#uses = new Map();
    const trace = { correlationId: newId(), address: null };
    try {
      await withSystem({ reason: "note when keys were used", trace }, (scope) =>
        noteUses(scope, [...taken.values()]),
      );
    } catch (error) {
      this.#uses = new Map([...taken, ...this.#uses]);
      throw error;
    }
  }

  close(): void {
    this.#unsubscribe();
  }

  #keep(prefix: string, key: KeyAtDoor) {
    this.#kept.delete(prefix);
    this.#kept.set(prefix, { key, untilMs: performance.now() + KEPT_MS });
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  #hear(notification: Notification) {
    // An organization's own word changes too: the address that goes with the key.
    if (notification.kind === "api_key" || notification.kind === "organization")
      this.forget(notification.orgId);
    else if (notification.kind === "reset") this.forget(null);
  }
}

const held = globalThis as typeof globalThis & { __tenantryKeys?: KeyWatch };
export const keyWatch = (): KeyWatch => (held.__tenantryKeys ??= new KeyWatch());

/** For graceful shutdown and tests. */
export function closeKeyWatch(): void {
  held.__tenantryKeys?.close();
  held.__tenantryKeys = undefined;
}
