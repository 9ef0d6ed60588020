/** One act on up to 1,000 records: one statement, one line in each record's timeline, one entry in the audit, one undo. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { newId, type TenantScope } from "~/server/db/with-tenant";
import { restoreTooLate, tagUnknown } from "../errors";
import {
  batchIds,
  deleteRecords,
  readBatch,
  restoreRecords,
  setBack,
  setOnRecords,
  tagRecords,
  untagRecords,
} from "../queries/records";
import { bulkChangeOf, canRestore, purgeBefore, type RecordKind } from "../rules";
import type { BulkChanged, BulkIds, BulkTagInput, BulkUpdateInput } from "../schema";
import { requireCompany, requireMember } from "./require";

/** Ids of other organizations, and of records that are gone, are passed over: `count` says how many were changed. */
async function act(
  scope: TenantScope,
  kind: RecordKind,
  verb: string,
  asked: Record<string, unknown>,
  change: (batchId: string) => Promise<number>,
): Promise<BulkChanged> {
  const batchId = newId();
  const count = await change(batchId);
  if (count > 0) {
    await record(scope, { action: `${kind}.${verb}`, after: { ...asked, batchId, count } });
  }
  return { batchId, count };
}

/** Takes records out of sight for 30 days. */
export const deleteMany = (scope: TenantScope, kind: RecordKind, { ids }: BulkIds) =>
  act(scope, kind, "bulk_deleted", { ids }, (batchId) =>
    deleteRecords(scope, { kind, batchId }, ids, clock.now()),
  );

/** Brings back what can be: not what was merged, is older than 30 days, or whose domain or address is taken meanwhile. */
export const restoreMany = (scope: TenantScope, kind: RecordKind, { ids }: BulkIds) =>
  act(scope, kind, "bulk_restored", { ids }, (batchId) =>
    restoreRecords(scope, { kind, batchId }, { ids, deletedSince: purgeBefore(clock.now()) }),
  );

/** Gives records one value. @throws crm.owner_unknown, crm.company_unknown. */
export async function updateMany(
  scope: TenantScope,
  kind: RecordKind,
  { ids, ...values }: BulkUpdateInput,
): Promise<BulkChanged> {
  const { field, value } = bulkChangeOf(values);
  if (field === "ownerId") await requireMember(scope, value);
  if (field === "companyId") await requireCompany(scope, value);
  return act(scope, kind, "bulk_updated", { ids, [field]: value }, (batchId) =>
    setOnRecords(scope, { kind, batchId }, { ids, field, value }),
  );
}

/** @throws crm.tag_unknown. */
async function requireTag({ db, actor }: TenantScope, tagId: string): Promise<void> {
  if ((await db.tag.count({ where: { orgId: actor.orgId, id: tagId } })) === 0) throw tagUnknown();
}

/** @throws crm.tag_unknown. */
export async function tagMany(scope: TenantScope, kind: RecordKind, { ids, tagId }: BulkTagInput) {
  await requireTag(scope, tagId);
  return act(scope, kind, "bulk_tagged", { ids, tagId }, (batchId) =>
    tagRecords(scope, { kind, batchId }, ids, tagId),
  );
}

/** @throws crm.tag_unknown. */
export async function untagMany(scope: TenantScope, kind: RecordKind, { ids, tagId }: BulkTagInput) {
  await requireTag(scope, tagId);
  return act(scope, kind, "bulk_untagged", { ids, tagId }, (batchId) =>
    untagRecords(scope, { kind, batchId }, ids, tagId),
  );
}

/**
 * Takes back what one act on many records did, within 30 days, wherever nobody has changed it again meanwhile. Undone
 * twice, it does nothing; the undo has a batch of its own, so that it can be undone too.
 * @throws kernel.not_found, crm.restore_too_late.
 */
export async function undoMany(
  scope: TenantScope,
  kind: RecordKind,
  { batchId: undone }: { batchId: string },
): Promise<BulkChanged> {
  const done = await readBatch(scope, { kind, batchId: undone });
  if (!done) throw notFound("change");
  if (!canRestore(done.createdAt, clock.now())) throw restoreTooLate();
  const ids = await batchIds(scope, { kind, batchId: undone });
  return act(scope, kind, "bulk_undone", { undone }, (batchId) => {
    const again = { kind, batchId };
    switch (done.event) {
      case "deleted":
        return restoreRecords(scope, again, { ids, deletedSince: purgeBefore(clock.now()) });
      case "restored":
        return deleteRecords(scope, again, ids, clock.now());
      case "tagged":
        return untagRecords(scope, again, ids, done.tagId!);
      case "untagged":
        return tagRecords(scope, again, ids, done.tagId!);
      default:
        return setBack(scope, again, { undone, field: done.field! });
    }
  });
}
