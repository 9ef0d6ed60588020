/** Corrections: the only way to make an entry count less or more. */
import type { Trace } from "~/kernel/actor";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import { correctsTooMuch } from "../errors";
import { lockCounterOf } from "../queries/system";
import type { CorrectUsageInput } from "../schema";

/**
 * Appends a correction that names the entry it corrects, in that entry's own period, and moves the counter. The same key
 * again changes nothing.
 * @returns the correction's id. @throws kernel.not_found, metering.corrects_too_much
 */
export function correctUsage(
  { entryId, quantity, reason, idempotencyKey }: CorrectUsageInput,
  { trace, actorId }: { trace: Trace; actorId: string },
): Promise<string> {
  return withSystem({ reason: "correct the ledger", trace, actorId }, async (scope) => {
    const { db } = scope;
    const entry = await db.usageLedger.findUnique({ where: { id: entryId } });
    if (!entry) throw notFound("ledger entry");
    const { orgId, meter, service, periodStart, periodEnd } = entry;
    await lockCounterOf(scope, entry);
    const known = await db.usageLedger.findUnique({
      where: { orgId_meter_idempotencyKey: { orgId, meter, idempotencyKey } },
      select: { id: true },
    });
    if (known) return known.id;
    const { _sum: earlier } = await db.usageLedger.aggregate({
      where: { orgId, correctsId: entryId },
      _sum: { quantity: true },
    });
    if (entry.quantity + (earlier.quantity ?? 0n) + BigInt(quantity) < 0n) throw correctsTooMuch();
    const id = newId();
    await db.usageLedger.createMany({
      data: {
        id,
        orgId,
        meter,
        service,
        quantity,
        idempotencyKey,
        periodStart,
        periodEnd,
        occurredAt: entry.occurredAt,
        correctsId: entryId,
        reason,
        sourceType: "correction",
      },
    });
    await db.usageCounter.update({
      where: { orgId_meter_periodStart: { orgId, meter, periodStart } },
      data: { used: { increment: quantity } },
      select: { meter: true },
    });
    await record(
      scope,
      {
        action: "usage.corrected",
        target: { type: "ledger_entry", id: entryId },
        after: { quantity, reason },
      },
      { orgId },
    );
    return id;
  });
}
