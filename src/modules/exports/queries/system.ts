/** SQL of exports across tenants: files whose time is over. */
import type { SystemScope } from "~/server/db/with-system";

/** Finished ones that expired, and unfinished ones that nobody has touched since `abandoned`; the oldest first. */
export const dueExports = ({ db }: SystemScope, at: { now: Date; abandoned: Date }, limit: number) =>
  db.$queryRaw<{ id: string; orgId: string; uploadId: string | null; isFinished: boolean }[]>`
    SELECT id::text, org_id::text AS "orgId", upload_id AS "uploadId", status = 'finished' AS "isFinished" FROM export
    WHERE status <> 'expired' AND coalesce(expires_at, updated_at) <= ${at.now}
      AND (status = 'finished' OR updated_at < ${at.abandoned})
    ORDER BY coalesce(expires_at, updated_at) LIMIT ${limit}`;
