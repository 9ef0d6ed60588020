/** Two records that are one: the kept one takes what it is given, everything that hangs on the other moves to it. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import { record } from "~/modules/audit";
import { isUniqueViolation } from "~/server/db/failure";
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { changedMeanwhile, domainTaken, emailTaken, keptIsGone, nameless, restoreTooLate } from "../errors";
import {
  duplicateRows,
  hideMerged,
  lockRecords,
  moveBack,
  moveBelongings,
  showMerged,
} from "../queries/merge";
import { tell } from "../queries/records";
import { canRestore, contactName, isNamed, MERGE_FIELDS, NAMELESS, type RecordKind } from "../rules";
import {
  MergeUndo,
  type DismissDuplicatesInput,
  type DuplicateGroup,
  type DuplicatesInput,
  type MergeInput,
} from "../schema";

type Values = Record<string, unknown>;
type Loaded = Values & { id: string; updatedAt: Date; deletedAt: Date | null; mergedIntoId: string | null };

/** A record whether it lives or not. */
async function load({ db }: TenantScope, kind: RecordKind, id: string): Promise<Loaded | null> {
  const where = { id, deletedAt: undefined };
  return kind === "company" ? db.company.findFirst({ where }) : db.contact.findFirst({ where });
}

async function change({ db }: TenantScope, kind: RecordKind, id: string, data: Values): Promise<void> {
  if (Object.keys(data).length === 0) return;
  if (kind === "company") await db.company.updateMany({ where: { id }, data });
  else await db.contact.updateMany({ where: { id }, data });
}

type Named = { firstName: string | null; lastName: string | null; email: string | null };

const nameOf = (kind: RecordKind, row: Values): string =>
  kind === "company" ? (row.name as string) : contactName(row as Named);

/**
 * Merges one record into another that is kept. Both must be as the person saw them. The other one is deleted, its address
 * leads to the kept one, and for 30 days the merge can be undone.
 * @throws kernel.not_found, crm.changed_meanwhile, crm.nameless.
 */
export async function mergeRecords(
  scope: TenantScope,
  kind: RecordKind,
  { kept, other, take }: MergeInput,
): Promise<{ id: string }> {
  await lockRecords(scope, kind, [kept.id, other.id]);
  const [into, from] = [await load(scope, kind, kept.id), await load(scope, kind, other.id)];
  if (!into || !from || into.deletedAt || from.deletedAt) throw notFound(kind);
  const isSeen = into.updatedAt.getTime() === kept.updatedAt.getTime();
  if (!isSeen || from.updatedAt.getTime() !== other.updatedAt.getTime()) throw changedMeanwhile();
  const taken = MERGE_FIELDS[kind].filter((field) => take.includes(field) && into[field] !== from[field]);
  const before = Object.fromEntries(taken.map((field) => [field, into[field]]));
  const after = Object.fromEntries(taken.map((field) => [field, from[field]]));
  if (kind === "contact" && !isNamed({ ...(into as Values), ...after } as Named)) throw nameless(NAMELESS);
  const moved = await moveBelongings(scope, kind, { from: from.id, to: into.id });
  // First out of sight: the kept one may take the other's domain or mail address.
  const undo: MergeUndo = { before, after, ...moved };
  await hideMerged(scope, kind, { id: from.id, intoId: into.id, undo, at: clock.now() });
  await change(scope, kind, into.id, after);
  await tell(scope, { kind, id: into.id }, "merged", { otherId: from.id, before, after });
  await tell(scope, { kind, id: from.id }, "merged_into", { otherId: into.id });
  await record(scope, {
    action: `${kind}.merged`,
    target: { type: kind, id: into.id },
    before,
    after: { ...after, mergedId: from.id },
  });
  return { id: into.id };
}

/**
 * Undoes the merge of this record into another: both are there again, each with what it had, as far as nobody changed or
 * moved it meanwhile.
 * @throws kernel.not_found, crm.restore_too_late, crm.kept_is_gone, crm.domain_taken, crm.email_taken.
 */
export async function undoMerge(
  scope: TenantScope,
  kind: RecordKind,
  { id }: { id: string },
): Promise<{ id: string }> {
  const seen = await load(scope, kind, id);
  if (!seen?.mergedIntoId) throw notFound("merge");
  await lockRecords(scope, kind, [id, seen.mergedIntoId]);
  const [from, into] = [await load(scope, kind, id), await load(scope, kind, seen.mergedIntoId)];
  if (!from?.mergedIntoId || !from.deletedAt || !into) throw notFound("merge");
  if (!canRestore(from.deletedAt, clock.now())) throw restoreTooLate();
  if (into.deletedAt) throw keptIsGone(nameOf(kind, into));
  const { before, after, ...moved } = MergeUndo.parse(from.mergeUndo);
  const back = Object.fromEntries(
    Object.entries(before).filter(([field]) => (into[field] ?? null) === (after[field] ?? null)),
  );
  await change(scope, kind, into.id, back);
  await showMerged(scope, kind, id).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    throw kind === "company" ? domainTaken(null) : emailTaken(null);
  });
  await moveBack(scope, kind, { from: into.id, to: id, moved });
  await tell(scope, { kind, id: into.id }, "unmerged", { otherId: id });
  await tell(scope, { kind, id }, "unmerged", { otherId: into.id });
  await record(scope, {
    action: `${kind}.unmerged`,
    target: { type: kind, id: into.id },
    after: { ...back, mergedId: id },
  });
  return { id };
}

/** Notes that these are alike and yet not the same: they are not shown again until one more joins them. */
export async function dismissDuplicates(
  scope: TenantScope,
  kind: RecordKind,
  { by, key, total }: DismissDuplicatesInput,
): Promise<void> {
  const { db, actor } = scope;
  if (!actor.userId) throw notFound("member");
  const group = { orgId: actor.orgId, kind, alikeBy: by, key };
  await db.duplicateDismissal.upsert({
    where: { orgId_kind_alikeBy_key: group },
    create: { ...group, total, dismissedById: actor.userId },
    update: { total, dismissedById: actor.userId },
  });
  await record(scope, { action: `${kind}.duplicates_dismissed`, after: { by, key, total } });
}

/** Undoes a dismissal; of one that is not there it does nothing. */
export async function recallDuplicates(
  scope: TenantScope,
  kind: RecordKind,
  { by, key }: DismissDuplicatesInput,
): Promise<void> {
  const { count } = await scope.db.duplicateDismissal.deleteMany({
    where: { orgId: scope.actor.orgId, kind, alikeBy: by, key },
  });
  if (count > 0) await record(scope, { action: `${kind}.duplicates_recalled`, after: { by, key } });
}

/** Groups of records that may be one, in the order of what they have in common. */
export async function duplicatePage(
  scope: TenantReadScope,
  kind: RecordKind,
  { by, cursor, limit }: DuplicatesInput,
): Promise<{ items: DuplicateGroup[]; nextCursor: string | null }> {
  const after = cursor ? Buffer.from(cursor, "base64url").toString("utf8").replaceAll("\u0000", "") : null;
  const rows = await duplicateRows(scope, { kind, by, after, groups: limit + 1 });
  const groups = [...Map.groupBy(rows, (row) => row.key)].map(([key, records]) => ({
    key,
    total: records[0]!.total,
    records: records.map(({ key: _key, total: _total, ...shown }) => shown),
  }));
  return cutPage(groups, limit, (group) => Buffer.from(group.key).toString("base64url"));
}
