/** SQL of notifications across tenants. */
import type { SystemScope } from "~/server/db/with-system";

/** Removes up to 10,000 that were written before the instant, read or not. @returns how many. */
export const purgeWrittenBefore = ({ db }: SystemScope, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM notification WHERE id IN (
    SELECT id FROM notification WHERE created_at < ${before} ORDER BY created_at LIMIT 10000
  )`;
