/**
 * Whether a session may still be used, answered from memory on every request and right within a second on every
 * instance. Held are the sessions seen lately and found living, and those revoked while a token of theirs can still
 * verify (25 h; tokens live 24 h). Nobody is let in on ignorance: an unknown session is looked up once.
 *
 * How an end becomes known: a revocation is announced by the database (`session`), and what was revoked is read anew; whenever
 * an announcement may have been missed (`reset`) all is forgotten; while the ear is deaf or a re-reading is late, the
 * database is asked each time. A row that was deleted is announced by nobody: what is held as living is compared with
 * the registry every 30 s, so that is how long it can outlive its row.
 */
import type { Trace, UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { verifySession, type TokenRefusal } from "~/server/auth/session-token";
import { newId } from "~/server/db/ids";
import { databaseListener, type Notification } from "~/server/db/listener";
import { readSystem, withSystem, type SystemScope } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import {
  isLivingSession as isInRegistry,
  livingOf,
  openedSession,
  revokedWithin,
  touchSessions,
} from "../queries/system";

const REVOKED_KEPT_S = 25 * 60 * 60;
/** Covers transactions that commit after the `revoked_at` they wrote; none may take longer than 15 s. */
const OVERLAP_S = 60;
const COMPARE_EVERY_MS = 30_000;
/** After this long without a request a session is forgotten, and looked up when it comes back. */
const FORGET_AFTER_MS = 10 * 60_000;
/** An announced revocation that could not be read for this long is asked for session by session. */
const LATE_AFTER_MS = 400;
const RETRY_MS = 250;
const RETRY_AT_MOST_MS = 8_000;

class SessionWatch {
  readonly #living = new Map<string, { usedAtMs: number; isNoted: boolean }>();
  readonly #revoked = new Map<string, number>();
  /** When the revoked ones were last read whole, by this machine's monotonic clock; 0 for not yet. */
  #readAtMs = 0;
  /** Since when an announcement waits to be read; undefined for none. */
  #waitingSinceMs: number | undefined;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = databaseListener().subscribe((notification) => this.#hear(notification));
    // The ear may be open already, and its `reset` long heard by others.
    this.#hear({ kind: "reset" });
  }

  async isLiving(sessionId: string, trace: Trace): Promise<boolean> {
    if (this.#revoked.has(sessionId)) return false;
    if (this.#isSure()) {
      const held = this.#living.get(sessionId);
      if (held) {
        held.usedAtMs = Date.now();
        held.isNoted = false;
        return true;
      }
    }
    const isLiving = await readSystem({ reason: "look a session up", trace }, (scope) =>
      isInRegistry(scope, sessionId),
    );
    // A revocation heard while the database was answering is the newer word.
    if (!isLiving || this.#revoked.has(sessionId)) return false;
    this.#living.set(sessionId, { usedAtMs: Date.now(), isNoted: false });
    this.#timer ??= setInterval(() => void this.compare(), COMPARE_EVERY_MS).unref();
    return true;
  }

  /** For the process that ended a session itself: it need not wait to hear of it. */
  markEnded(sessionId: string): void {
    this.#revoked.set(sessionId, performance.now());
    this.#living.delete(sessionId);
  }

  /** Writes down which sessions were in use, and drops those no longer in the registry. A failure drops all. */
  async compare(): Promise<void> {
    const now = Date.now();
    for (const [id, { usedAtMs }] of this.#living)
      if (now - usedAtMs > FORGET_AFTER_MS) this.#living.delete(id);
    const oldest = performance.now() - REVOKED_KEPT_S * 1_000;
    for (const [id, atMs] of this.#revoked) if (atMs < oldest) this.#revoked.delete(id);
    const ids = [...this.#living.keys()];
    if (ids.length === 0) return;
    const used = ids.filter((id) => this.#living.get(id)?.isNoted === false);
    try {
      const living = await withSystem(asked("compare sessions in memory"), async (scope) => {
        await touchSessions(scope, used);
        return new Set(await livingOf(scope, ids));
      });
      for (const id of ids) {
        const held = this.#living.get(id);
        if (!living.has(id)) this.#living.delete(id);
        else if (held && held.usedAtMs <= now) held.isNoted = true;
      }
    } catch (error) {
      logger().warn({ err: error }, "sessions in memory could not be compared; they are looked up again");
      this.#living.clear();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    clearInterval(this.#timer);
  }

  #isSure(): boolean {
    const isLate =
      this.#waitingSinceMs !== undefined && performance.now() - this.#waitingSinceMs > LATE_AFTER_MS;
    return databaseListener().isFresh() && this.#readAtMs > 0 && !isLate;
  }

  #hear({ kind }: Notification): void {
    if (kind === "reset") {
      this.#living.clear();
      this.#readAtMs = 0;
    } else if (kind !== "session") return;
    this.#waitingSinceMs ??= performance.now();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
  }

  /** Reads until nothing announced is unread. Fails quietly: until it succeeds, the database is asked each time. */
  async #read(): Promise<void> {
    for (let failures = 0; this.#waitingSinceMs !== undefined;) {
      const startedAt = performance.now();
      const waiting = this.#waitingSinceMs;
      this.#waitingSinceMs = undefined;
      const sinceS = this.#readAtMs ? (startedAt - this.#readAtMs) / 1_000 + OVERLAP_S : REVOKED_KEPT_S;
      try {
        const ids = await readSystem(asked("read revoked sessions"), (scope: SystemScope) =>
          revokedWithin(scope, Math.min(sinceS, REVOKED_KEPT_S)),
        );
        for (const id of ids) this.markEnded(id);
        this.#readAtMs = startedAt;
      } catch (error) {
        this.#waitingSinceMs = waiting;
        logger().warn({ err: error }, "revoked sessions could not be read; the database is asked each time");
        const delayMs = Math.min(RETRY_MS * 2 ** failures++, RETRY_AT_MOST_MS);
        await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
      }
    }
  }
}

const asked = (reason: string) => ({ reason, trace: { correlationId: newId(), address: null } });

const held = globalThis as typeof globalThis & { __tenantrySessions?: SessionWatch };
export const sessionWatch = (): SessionWatch => (held.__tenantrySessions ??= new SessionWatch());

/** For graceful shutdown and tests. */
export function closeSessionWatch(): void {
  held.__tenantrySessions?.close();
  held.__tenantrySessions = undefined;
}

/**
 * The gate of every request: who holds this token, or null. Refused tokens are counted and logged by reason, never
 * quoted.
 */
export async function actorOfToken(token: string | null, trace: Trace): Promise<UserActor | null> {
  if (!token) return null;
  const claims = await verifySession(token);
  if ("refused" in claims) return refuse(claims.refused, trace);
  const { userId, sessionId, client, actedById } = claims;
  // A program's token makes nobody a person.
  if (client) return refuse("claims", trace);
  if (actedById) return openedActor({ userId, sessionId, staffId: actedById }, trace);
  if (!(await sessionWatch().isLiving(sessionId, trace))) return refuse("revoked", trace);
  return { kind: "user", userId, sessionId, trace };
}

/**
 * A member as staff opened them. Rare, so the registry is asked each time: it ends at its instant, when anybody ends it, with
 * the own session of whoever opened it, and when they are staff no longer.
 */
async function openedActor(
  asked: { userId: string; sessionId: string; staffId: string },
  trace: Trace,
): Promise<UserActor | null> {
  const { userId, sessionId, staffId } = asked;
  const visit = await readSystem({ reason: "look an opened session up", trace }, (scope) =>
    openedSession(scope, asked, clock.now()),
  );
  if (!visit) return refuse("revoked", trace);
  return { kind: "user", userId, sessionId, staff: { userId: staffId, ...visit }, trace };
}

/** Whether a session is in the registry and has not ended, known within a second on every instance. */
export const isLivingSession = (sessionId: string, trace: Trace): Promise<boolean> =>
  sessionWatch().isLiving(sessionId, trace);

function refuse(reason: TokenRefusal | "revoked", trace: Trace): null {
  metrics().tokensRefused.inc({ reason });
  logger().info({ reason, correlation_id: trace.correlationId }, "session token refused");
  return null;
}
