/**
 * Refused permissions: told once per minute, person and permission, with a count, since somebody who tries all doors in a
 * loop must not be able to fill the log. A process adds up for two seconds and writes; whoever has the turn makes the
 * entries of minutes that are over. A process that is killed loses at most its last two seconds.
 */
import type { Trace } from "~/kernel/actor";

import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import { inTurn } from "~/server/events/sweeper";
import { addRefusals, takeRefusals, type CountedRefusal } from "../queries/system";
import { MINUTE_MS, minuteOf, viaOf } from "../rules";
import { record } from "../service";

export const FLUSH_MS = 2_000;
/** A flush may come this long after its minute. */
const SETTLED_MS = 3 * FLUSH_MS;
const BATCH = 500;
/** Kinds of refusal kept in memory between two turns; the table has them by the minute, so more would be noise. */
const MOST_HELD = 10_000;

export type Refused = {
  orgId: string | null;
  userId: string | null;
  trace: Trace;
  key?: { id: string } | undefined;
  staff?: { userId: string } | undefined;
};

const held = globalThis as typeof globalThis & { __tenantryRefusals?: Map<string, CountedRefusal> };
const waiting = () => (held.__tenantryRefusals ??= new Map<string, CountedRefusal>());

/** Notes that somebody was refused. Costs no round trip, never fails. `code` is that of the refusal. */
export function recordRefusal(
  { orgId, userId, trace, key: by, staff }: Refused,
  { permission, code }: { permission: string; code: string },
): void {
  const minute = minuteOf(new Date());
  const via = viaOf({ userId, key: by, staff });
  const key = [orgId ?? "", userId ?? "", via ?? "", permission, code, minute.getTime()].join(":");
  const known = waiting().get(key);
  if (known) known.count += 1;
  else if (waiting().size < MOST_HELD)
    waiting().set(key, {
      ...{ key, orgId, actorId: userId, via, permission, code, minute, count: 1 },
      address: trace.address,
      correlationId: trace.correlationId,
    });
}

/** Writes what this process has counted. @returns how many rows. @throws what the database throws; nothing is lost then. */
export async function flushRefusals(): Promise<number> {
  const batch = [...waiting().values()];
  if (batch.length === 0) return 0;
  held.__tenantryRefusals = new Map();
  try {
    await withSystem(
      { reason: "count refusals", trace: { correlationId: newId(), address: null } },
      async (scope) => {
        // In one order for every process, so that none waits for a row of another that waits for one of its own.
        for (const one of batch.sort((a, b) => (a.key < b.key ? -1 : 1))) await addRefusals(scope, one);
      },
    );
  } catch (error) {
    for (const one of batch) {
      const since = waiting().get(one.key);
      if (since) since.count += one.count;
      else waiting().set(one.key, one);
    }
    throw error;
  }
  return batch.length;
}

/** Makes the entries of minutes that are over. @returns how many; 0 when another process has the turn. */
export async function tellRefusals(now = new Date()): Promise<number> {
  const before = minuteOf(new Date(now.getTime() - SETTLED_MS));
  const told = await inTurn("tell refusals", async (scope) => {
    const refusals = await takeRefusals(scope, before, BATCH);
    for (const { orgId, actorId, via, permission, code, minute, count, address, correlationId } of refusals) {
      const own = { ...scope, trace: { correlationId, address } };
      const after = { permission, code, count, from: minute, until: new Date(minute.getTime() + MINUTE_MS) };
      const target = { type: "permission", id: permission };
      await record(own, { action: "permission.refused", target, after }, { orgId, actorId, via });
    }
    return refusals.length;
  });
  return told ?? 0;
}
