/** Metering contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { Meter } from "~/kernel/meters";

export const CountUsageInput = z.object({
  meter: Meter,
  /** Whole units of the meter: jobs, calls, mails, tokens, images, seconds, bytes. Never a fraction, never money. */
  quantity: z.int().positive(),
  /** Chosen by the caller; the same key counts once per organization and meter, for ever. */
  idempotencyKey: z.string().min(1).max(200),
  /** When the use happened, not when we heard of it; decides the period. */
  occurredAt: z.date(),
  /** Which party served it ("openai", "ses", …). */
  service: z.string().min(1).max(50).optional(),
});
export type CountUsageInput = z.infer<typeof CountUsageInput>;

/** `counted`: false on a replay. `used`: units in the period of `occurredAt`, this call included. */
export type UsageReceipt = { counted: boolean; used: number };

/** Half-open [start, end), UTC. */
export const Period = z.object({ start: z.date(), end: z.date() });
export type Period = z.infer<typeof Period>;

export const Usage = z.object({ meter: Meter, used: z.int().nonnegative(), period: Period });
export type Usage = z.infer<typeof Usage>;

export const UsageInput = z.object({ meter: Meter });
