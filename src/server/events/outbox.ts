/**
 * The outbox: an event is a row of the transaction that announces it, and is sent after COMMIT. What could not be
 * sent (crash, engine down) stays and goes with the next sweep; the engine drops a repeated id.
 */
import { metrics } from "~/server/observability/metrics";
import { logger } from "~/server/observability/logger";
import type { ScopedDatabase } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import type { DomainEvent } from "./event";
import { inngest } from "./inngest";

const BATCH = 100;
const SEND_TIMEOUT_MS = 10_000;

/** Writes an event beside the change it tells of. Called by a scope's `emit`. */
export async function writeOutbox(db: ScopedDatabase, orgId: string, event: DomainEvent): Promise<void> {
  await db.outboxEvent.create({
    data: { orgId, eventId: event.id, name: event.name, data: event.data as object },
    select: { id: true },
  });
}

type Row = { id: string; event_id: string; name: string; data: Record<string, unknown> };

/**
 * Sends what is unsent, oldest first, up to `BATCH`; rows another process is sending are skipped. A send happens
 * between two transactions: first the rows are claimed for `SEND_TIMEOUT_MS`, then sent, then marked.
 * @returns how many were sent. @throws when the engine does not answer; the rows stay.
 */
export async function sendUnsent(): Promise<number> {
  const trace = { correlationId: newId(), address: null };
  const rows = await withSystem(
    { reason: "send outbox", trace },
    ({ db }) => db.$queryRaw<Row[]>`
    UPDATE outbox_event SET tries = tries + 1, claimed_until = now() + ${SEND_TIMEOUT_MS * 2} * interval '1 millisecond'
    WHERE id IN (
      SELECT id FROM outbox_event
      WHERE sent_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
      ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ) RETURNING id::text, event_id, name, data`,
  );
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id);
  try {
    await withTimeout(
      inngest().send(rows.map((row) => ({ id: row.event_id, name: row.name, data: row.data }))),
      SEND_TIMEOUT_MS,
    );
  } catch (error) {
    metrics().outboxFailures.inc();
    await withSystem(
      { reason: "keep unsent outbox rows", trace },
      ({ db }) => db.$executeRaw`
      UPDATE outbox_event SET claimed_until = NULL, last_error = ${(error as Error).message.slice(0, 200)}
      WHERE id::text = ANY(${ids})`,
    );
    throw error;
  }
  await withSystem(
    { reason: "mark outbox rows sent", trace },
    ({ db }) => db.$executeRaw`
    UPDATE outbox_event SET sent_at = now(), claimed_until = NULL, last_error = NULL WHERE id::text = ANY(${ids})`,
  );
  metrics().outboxSent.inc(rows.length);
  return rows.length;
}

let running: Promise<void> | undefined;
let isAskedAgain = false;

/** Sends in the background, now; a failure is left to the sweeper. Calls of one moment share one round. */
export function sendSoon(): void {
  if (running) {
    isAskedAgain = true;
    return;
  }
  running = (async () => {
    do {
      isAskedAgain = false;
      while ((await sendUnsent()) === BATCH);
    } while (isAskedAgain);
  })()
    .catch((error: Error) => logger().warn({ err: error }, "outbox not sent; the sweeper tries again"))
    .finally(() => {
      running = undefined;
    });
}

/** Waits for a round under way; for graceful shutdown and tests. */
export const outboxSettled = async (): Promise<void> => running;

function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
