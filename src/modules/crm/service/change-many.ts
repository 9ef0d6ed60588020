/** One act on up to 1,000 records: one statement, one line in each record's timeline, one entry in the audit, one undo. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { startJob } from "~/modules/jobs";
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
import type { BulkChanged, BulkIds, BulkTagInput, BulkUpdateInput, RecordTag } from "../schema";
import { requireCompany, requireMember, requireRecord } from "./require";

/**
 * Acts take the id of their batch, so that a job may do one act in many transactions. Ids of other organizations, and of records that are gone, are passed over: `count`
 * says how many were changed.
 */
async function act(
  scope: TenantScope,
  kind: RecordKind,
  verb: string,
  asked: Record<string, unknown>,
  batchId: string,
  change: (batchId: string) => Promise<number>,
): Promise<BulkChanged> {
  const count = await change(batchId);
  if (count > 0) {
    await record(scope, { action: `${kind}.${verb}`, after: { ...asked, batchId, count } });
  }
  return { batchId, count };
}

/** Takes records out of sight for 30 days. */
export const deleteMany = (scope: TenantScope, kind: RecordKind, { ids }: BulkIds, batch = newId()) =>
  act(scope, kind, "bulk_deleted", { ids }, batch, (batchId) =>
    deleteRecords(scope, { kind, batchId }, ids, clock.now()),
  );

/** Brings back what can be: not what was merged, is older than 30 days, or whose domain or address is taken meanwhile. */
export const restoreMany = (scope: TenantScope, kind: RecordKind, { ids }: BulkIds, batch = newId()) =>
  act(scope, kind, "bulk_restored", { ids }, batch, (batchId) =>
    restoreRecords(scope, { kind, batchId }, { ids, deletedSince: purgeBefore(clock.now()) }),
  );

/** Gives records one value. @throws crm.owner_unknown, crm.company_unknown. */
export async function updateMany(
  scope: TenantScope,
  kind: RecordKind,
  { ids, ...values }: BulkUpdateInput,
  batch = newId(),
): Promise<BulkChanged> {
  const { field, value } = bulkChangeOf(values);
  if (field === "ownerId") await requireMember(scope, value);
  if (field === "companyId") await requireCompany(scope, value);
  return act(scope, kind, "bulk_updated", { ids, [field]: value }, batch, (batchId) =>
    setOnRecords(scope, { kind, batchId }, { ids, field, value }),
  );
}

/** @throws crm.tag_unknown. */
async function requireTag({ db, actor }: TenantScope, tagId: string): Promise<void> {
  if ((await db.tag.count({ where: { orgId: actor.orgId, id: tagId } })) === 0) throw tagUnknown();
}

/** @throws crm.tag_unknown. */
export async function tagMany(
  scope: TenantScope,
  kind: RecordKind,
  { ids, tagId }: BulkTagInput,
  batch = newId(),
) {
  await requireTag(scope, tagId);
  return act(scope, kind, "bulk_tagged", { ids, tagId }, batch, (batchId) =>
    tagRecords(scope, { kind, batchId }, ids, tagId),
  );
}

/** @throws crm.tag_unknown. */
export async function untagMany(
  scope: TenantScope,
  kind: RecordKind,
  { ids, tagId }: BulkTagInput,
  batch = newId(),
) {
  await requireTag(scope, tagId);
  return act(scope, kind, "bulk_untagged", { ids, tagId }, batch, (batchId) =>
    untagRecords(scope, { kind, batchId }, ids, tagId),
  );
}

/** One record gets a tag; one that has it keeps it. @throws kernel.not_found, crm.tag_unknown. */
export async function tagOne(scope: TenantScope, kind: RecordKind, { id, tagId }: RecordTag): Promise<void> {
  await requireRecord(scope, { kind, id });
  await tagMany(scope, kind, { ids: [id], tagId });
}

/** One record loses a tag; one that has it not stays as it is. @throws kernel.not_found, crm.tag_unknown. */
export async function untagOne(
  scope: TenantScope,
  kind: RecordKind,
  { id, tagId }: RecordTag,
): Promise<void> {
  await requireRecord(scope, { kind, id });
  await untagMany(scope, kind, { ids: [id], tagId });
}

/** Records that one statement changes at a time. */
export const BATCH_ROWS = 1_000;

/**
 * Takes back what one act on many records did, within 30 days, wherever nobody has changed it again meanwhile. Undone
 * twice, it does nothing; the undo has a batch of its own, so that it can be undone too. What a job did is taken back by
 * a job.
 * @throws kernel.not_found, crm.restore_too_late.
 */
export async function undoMany(
  scope: TenantScope,
  kind: RecordKind,
  { batchId }: { batchId: string },
): Promise<BulkChanged & { jobId: string | null }> {
  const ids = await batchIds(scope, { kind, batchId }, { after: null, take: BATCH_ROWS + 1 });
  if (ids.length > BATCH_ROWS) {
    const { jobId } = await startJob(scope, { taskType: "bulk_undo", input: { kind, batchId } });
    return { batchId: jobId, count: 0, jobId };
  }
  return { ...(await undoPart(scope, kind, { undone: batchId, ids }, newId())), jobId: null };
}

/** As `undoMany`, for these records of the act alone. */
export async function undoPart(
  scope: TenantScope,
  kind: RecordKind,
  { undone, ids }: { undone: string; ids: string[] },
  batch: string,
): Promise<BulkChanged> {
  const done = await readBatch(scope, { kind, batchId: undone });
  if (!done) throw notFound("change");
  if (!canRestore(done.createdAt, clock.now())) throw restoreTooLate();
  return act(scope, kind, "bulk_undone", { undone }, batch, (batchId) => {
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
        return setBack(scope, again, { undone, ids, field: done.field! });
    }
  });
}
