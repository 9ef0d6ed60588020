/** What goes by itself: deleted records after 30 days, files that nobody came back for. */
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import { newId, withTenant } from "~/server/db/with-tenant";
import { readSystem, withSystem } from "~/server/db/with-system";
import { deleteObject } from "~/server/outbound/object-store";
import type { Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import { abandonedImports, purgeDeletedBefore } from "../queries/system";
import { abandonedBefore, purgeBefore } from "../rules";
import { discardImport, sourcePath } from "../service";

const LIMIT = 1_000;

/**
 * Removes companies, contacts, notes and tags that were deleted 30 days ago or earlier, at most 1,000 of each in a call, and gives
 * up imports that were never started (7 days) or stopped half way (30 days) with their files. Called by a timer.
 * @returns how many records and imports went.
 */
export async function purgeDeleted(
  remove: typeof deleteObject = deleteObject,
): Promise<{ records: number; imports: number }> {
  const trace = { correlationId: newId(), address: null };
  const now = clock.now();
  const purged = await withSystem({ reason: "purge deleted CRM records", trace }, async (scope) => {
    const perOrg = await purgeDeletedBefore(scope, purgeBefore(now), LIMIT);
    for (const { orgId, ...counts } of perOrg) {
      await record(scope, { action: "crm.purged", after: counts }, { orgId });
    }
    return perOrg;
  });
  const abandoned = await readSystem({ reason: "find abandoned imports", trace }, (scope) =>
    abandonedImports(scope, abandonedBefore(now), LIMIT),
  );
  let imports = 0;
  for (const { id, orgId } of abandoned) {
    const actor = { kind: "org" as const, orgId, userId: null, role: "job" as const, trace };
    try {
      await remove({ orgId, path: sourcePath(id) });
      await withTenant(actor, (scope) =>
        discardImport(scope, { id }, ["awaiting_upload", "ready", "started"]),
      );
      imports++;
    } catch (error) {
      logger().warn(
        { err: error, import_id: id, correlation_id: trace.correlationId },
        "import not given up",
      );
    }
  }
  const records = purged.reduce(
    (sum, { companies, contacts, notes, tags }) => sum + companies + contacts + notes + tags,
    0,
  );
  return { records, imports };
}

const HOUR_MS = 60 * 60 * 1000;

/** What the CRM does by the clock. Instances may do it side by side: what one has taken, the others pass over. */
export const crmSweeps = (): Sweep[] => [{ name: "crm-purge", everyMs: HOUR_MS, turn: () => purgeDeleted() }];
