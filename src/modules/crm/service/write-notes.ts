/** Notes on records: anybody who may write the record writes them, only their author changes them. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { newId, type TenantScope } from "~/server/db/with-tenant";
import { changedMeanwhile, noteNotYours, restoreTooLate } from "../errors";
import { canRestore } from "../rules";
import type { CreateNoteInput, UpdateNoteInput } from "../schema";

/** @throws kernel.not_found when the record is not a living one of this organization. */
export async function createNote(scope: TenantScope, { of, body }: CreateNoteInput): Promise<{ id: string }> {
  const { db, actor } = scope;
  const isCompany = of.kind === "company";
  const isThere = isCompany
    ? await db.company.count({ where: { id: of.id } })
    : await db.contact.count({ where: { id: of.id } });
  if (isThere === 0 || !actor.userId) throw notFound(of.kind);
  const id = newId();
  const now = clock.now();
  await db.recordNote.createMany({
    data: {
      id,
      orgId: actor.orgId,
      ...(isCompany ? { companyId: of.id } : { contactId: of.id }),
      authorId: actor.userId,
      body,
      // The same instant: a later one means that the note was edited.
      createdAt: now,
      updatedAt: now,
    },
  });
  await record(scope, {
    action: "note.created",
    target: { type: "note", id },
    after: { [of.kind]: of.id, body },
  });
  return { id };
}

/** One's own note, living or deleted. @throws kernel.not_found, crm.note_not_yours. */
async function ownNote({ db, actor }: TenantScope, id: string) {
  const note = await db.recordNote.findFirst({ where: { id, deletedAt: undefined } });
  if (!note) throw notFound("note");
  if (note.authorId !== actor.userId) throw noteNotYours();
  return note;
}

/** @throws kernel.not_found, crm.note_not_yours, crm.changed_meanwhile (in another window). */
export async function updateNote(
  scope: TenantScope,
  { id, body, updatedAt }: UpdateNoteInput,
): Promise<{ id: string }> {
  const note = await ownNote(scope, id);
  if (note.deletedAt) throw notFound("note");
  const { count } = await scope.db.recordNote.updateMany({ where: { id, updatedAt }, data: { body } });
  if (count === 0) throw changedMeanwhile();
  await record(scope, {
    action: "note.updated",
    target: { type: "note", id },
    before: { body: note.body },
    after: { body },
  });
  return { id };
}

/** @throws kernel.not_found, crm.note_not_yours. */
export async function deleteNote(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const { updatedAt } = await ownNote(scope, id);
  const { count } = await scope.db.recordNote.updateMany({
    where: { id },
    data: { deletedAt: clock.now(), updatedAt },
  });
  if (count === 0) throw notFound("note");
  await record(scope, { action: "note.deleted", target: { type: "note", id } });
}

/** Undoes a deletion; on a living note it does nothing. @throws kernel.not_found, crm.note_not_yours, crm.restore_too_late. */
export async function restoreNote(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const { deletedAt, updatedAt } = await ownNote(scope, id);
  if (!deletedAt) return;
  if (!canRestore(deletedAt, clock.now())) throw restoreTooLate();
  await scope.db.recordNote.updateMany({
    where: { id, deletedAt: { not: null } },
    data: { deletedAt: null, updatedAt },
  });
  await record(scope, { action: "note.restored", target: { type: "note", id } });
}
