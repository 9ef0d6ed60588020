/** What metering announces: past tense, ids and codes only. */
import { z } from "zod";
import { Meter } from "~/kernel/meters";

/** A limit is neared (80 %) or reached (100 %): once a period, meter and threshold. */
export const LIMIT_NEARED = "metering/limit.neared";
export const LimitNeared = z.object({
  orgId: z.uuid(),
  meter: Meter,
  threshold: z.union([z.literal(80), z.literal(100)]),
  periodStart: z.iso.datetime(),
});
export type LimitNeared = z.infer<typeof LimitNeared>;
