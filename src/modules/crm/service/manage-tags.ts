/** Tags of an organization. Deleted ones stay for 30 days with what carries them, so that a deletion can be undone. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { isUniqueViolation } from "~/server/db/failure";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { restoreTooLate, tagTaken, tooManyTags } from "../errors";
import { tagUses } from "../queries/tags";
import { canRestore, freshTone, MAX_TAGS, type TagTone } from "../rules";
import type { CreateTagInput, Tag, TagUse, UpdateTagInput } from "../schema";

/** By name. */
export async function tagList({ db, actor }: TenantReadScope): Promise<Tag[]> {
  const rows = await db.tag.findMany({ where: { orgId: actor.orgId }, orderBy: { nameKey: "asc" } });
  return rows.map(({ id, name, tone }) => ({ id, name, tone: tone as TagTone }));
}

/** By name, with how many living records carry each. */
export const tagUseList = (scope: TenantReadScope): Promise<TagUse[]> => tagUses(scope);

const tagNamed = ({ db, actor }: TenantReadScope, name: string) =>
  db.tag.findFirst({
    where: { orgId: actor.orgId, nameKey: name.toLowerCase() },
    select: { id: true, name: true },
  });

/** @throws crm.tag_taken (names differ by more than case), crm.too_many_tags. */
export async function createTag(scope: TenantScope, { name, tone }: CreateTagInput): Promise<Tag> {
  const { db, actor } = scope;
  const there = await tagList(scope);
  if (there.length >= MAX_TAGS) throw tooManyTags(MAX_TAGS);
  const tag = { id: newId(), name, tone: tone ?? freshTone(there.map((one) => one.tone)) };
  const { count } = await db.tag.createMany({ data: { ...tag, orgId: actor.orgId }, skipDuplicates: true });
  if (count === 0) throw tagTaken(await tagNamed(scope, name));
  await record(scope, { action: "tag.created", target: { type: "tag", id: tag.id }, after: tag });
  return tag;
}

/** @throws kernel.not_found, crm.tag_taken. */
export async function updateTag(scope: TenantScope, { id, ...values }: UpdateTagInput): Promise<void> {
  const before = await scope.db.tag.findFirst({ where: { id }, select: { name: true, tone: true } });
  if (!before) throw notFound("tag");
  await scope.db.tag.updateMany({ where: { id }, data: values }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? tagTaken(null) : error;
  });
  await record(scope, { action: "tag.updated", target: { type: "tag", id }, before, after: values });
}

/** Takes a tag off every record, for 30 days with the way back. @throws kernel.not_found. */
export async function deleteTag(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const { count } = await scope.db.tag.updateMany({ where: { id }, data: { deletedAt: clock.now() } });
  if (count === 0) throw notFound("tag");
  await record(scope, { action: "tag.deleted", target: { type: "tag", id } });
}

/** Undoes a deletion; on a living tag it does nothing. @throws kernel.not_found, crm.restore_too_late, crm.tag_taken. */
export async function restoreTag(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const row = await scope.db.tag.findFirst({
    where: { id, deletedAt: undefined },
    select: { name: true, deletedAt: true },
  });
  if (!row) throw notFound("tag");
  if (!row.deletedAt) return;
  if (!canRestore(row.deletedAt, clock.now())) throw restoreTooLate();
  const existing = await tagNamed(scope, row.name);
  if (existing) throw tagTaken(existing);
  await scope.db.tag
    .updateMany({ where: { id, deletedAt: { not: null } }, data: { deletedAt: null } })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? tagTaken(null) : error;
    });
  await record(scope, { action: "tag.restored", target: { type: "tag", id } });
}
