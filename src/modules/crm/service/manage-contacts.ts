import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import { record } from "~/modules/audit";
import { isUniqueViolation } from "~/server/db/failure";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { changedMeanwhile, emailTaken, nameless, restoreTooLate } from "../errors";
import { countRecords, listContacts } from "../queries/lists";
import { tell } from "../queries/records";
import { canRestore, contactName, differences, isNamed, NAMELESS } from "../rules";
import type {
  Contact,
  ContactItem,
  ContactListInput,
  ContactMatching,
  CreateContactInput,
  RecordVersion,
  UpdateContactInput,
} from "../schema";
import { undoMerge } from "./merge-records";
import { belongingsOf, cursorOf, listOf, matchingOf } from "./read-lists";
import { goneOrChanged, missing, requireCompany, requireMember } from "./require";

/** One page of contacts, of one company when `companyId` is given. @throws crm.cursor_invalid. */
export async function contactPage(
  scope: TenantReadScope,
  input: ContactListInput,
): Promise<{ items: ContactItem[]; nextCursor: string | null }> {
  const rows = await listContacts(scope, listOf(scope.actor, input));
  const { items, nextCursor } = cutPage(rows, input.limit, (row) => cursorOf(input.sort, row));
  const belongings = await belongingsOf(scope, "contact", items);
  return {
    items: items.map(({ nameKey: _sortedBy, companyId, companyName, ownerId, ...row }) => ({
      ...row,
      company: companyId && companyName !== null ? { id: companyId, name: companyName } : null,
      ...belongings({ id: row.id, ownerId }),
    })),
    nextCursor,
  };
}

export const contactCount = async (scope: TenantReadScope, input: ContactMatching) => ({
  count: await countRecords(scope, "contact", matchingOf(scope.actor, input)),
});

/** @throws kernel.not_found, crm.merged. */
export async function contactDetail(scope: TenantReadScope, { id }: { id: string }): Promise<Contact> {
  const row = await scope.db.contact.findFirst({ where: { id } });
  if (!row) throw await missing(scope, "contact", id);
  const [company, belongings] = await Promise.all([
    row.companyId
      ? scope.db.company.findFirst({ where: { id: row.companyId }, select: { id: true, name: true } })
      : null,
    belongingsOf(scope, "contact", [row]),
  ]);
  const { firstName, lastName, email, phone, jobTitle, notes, importId, createdAt, updatedAt } = row;
  const values = { id, firstName, lastName, email, phone, jobTitle, notes, importId, createdAt, updatedAt };
  return { ...values, company, ...belongings(row) };
}

/** The living contact of this mail address, other than `exceptId`. */
async function contactOfEmail({ db, actor }: TenantReadScope, email: string, exceptId?: string) {
  const row = await db.contact.findFirst({
    where: { orgId: actor.orgId, email, ...(exceptId && { id: { not: exceptId } }) },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  return row && { id: row.id, name: contactName(row) };
}

/** Creates a contact. @throws crm.email_taken, crm.company_unknown, crm.owner_unknown. */
export async function createContact(scope: TenantScope, input: CreateContactInput): Promise<{ id: string }> {
  const { db, actor } = scope;
  await requireMember(scope, input.ownerId);
  await requireCompany(scope, input.companyId);
  const values = { ...input, ownerId: input.ownerId === undefined ? actor.userId : input.ownerId };
  const id = newId();
  const { count } = await db.contact.createMany({
    data: { id, orgId: actor.orgId, ...values },
    skipDuplicates: true,
  });
  if (count === 0) throw emailTaken(await contactOfEmail(scope, input.email ?? ""));
  await tell(scope, { kind: "contact", id }, "created");
  await tellOfLink(scope, id, null, values.companyId ?? null);
  await record(scope, { action: "contact.created", target: { type: "contact", id }, after: values });
  return { id };
}

/** Tells the timelines of both companies that a contact came and went. */
async function tellOfLink(scope: TenantScope, otherId: string, from: string | null, to: string | null) {
  if (from === to) return;
  if (from) await tell(scope, { kind: "company", id: from }, "unlinked", { otherId });
  if (to) await tell(scope, { kind: "company", id: to }, "linked", { otherId });
}

/** As `updateCompany`. @throws kernel.not_found, crm.changed_meanwhile, crm.email_taken, crm.company_unknown, crm.nameless. */
export async function updateContact(
  scope: TenantScope,
  input: UpdateContactInput,
): Promise<{ id: string; updatedAt: Date }> {
  const { db } = scope;
  const { id, updatedAt, ...values } = input;
  const before = await db.contact.findFirst({ where: { id } });
  if (!before) throw notFound("contact");
  await requireMember(scope, values.ownerId === before.ownerId ? null : values.ownerId);
  await requireCompany(scope, values.companyId === before.companyId ? null : values.companyId);
  const changed = differences(before, values);
  if (!isNamed({ ...before, ...changed.after })) throw nameless(NAMELESS);
  if (values.email) {
    const existing = await contactOfEmail(scope, values.email, id);
    if (existing) throw emailTaken(existing);
  }
  const [saved] = await db.contact
    .updateManyAndReturn({ where: { id, updatedAt }, data: values, select: { updatedAt: true } })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? emailTaken(null) : error;
    });
  if (!saved) throw changedMeanwhile();
  if (Object.keys(changed.after).length > 0) await tell(scope, { kind: "contact", id }, "changed", changed);
  if (values.companyId !== undefined) await tellOfLink(scope, id, before.companyId, values.companyId);
  await record(scope, { action: "contact.updated", target: { type: "contact", id }, ...changed });
  return { id, updatedAt: saved.updatedAt };
}

/** Takes a contact out of sight for 30 days, then for good. @throws kernel.not_found. */
export async function deleteContact(scope: TenantScope, { id, updatedAt }: RecordVersion): Promise<void> {
  const { count } = await scope.db.contact.updateMany({
    where: { id, ...(updatedAt && { updatedAt }) },
    data: { deletedAt: clock.now() },
  });
  if (count === 0) throw await goneOrChanged(scope, "contact", id);
  await tell(scope, { kind: "contact", id }, "deleted");
  await record(scope, { action: "contact.deleted", target: { type: "contact", id } });
}

/** As `restoreCompany`. @throws kernel.not_found, crm.restore_too_late, crm.email_taken, crm.kept_is_gone. */
export async function restoreContact(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const row = await scope.db.contact.findFirst({
    where: { id, deletedAt: undefined },
    select: { email: true, deletedAt: true, mergedIntoId: true },
  });
  if (!row) throw notFound("contact");
  if (!row.deletedAt) return;
  if (row.mergedIntoId) return void (await undoMerge(scope, "contact", { id }));
  if (!canRestore(row.deletedAt, clock.now())) throw restoreTooLate();
  const existing = row.email && (await contactOfEmail(scope, row.email));
  if (existing) throw emailTaken(existing);
  await scope.db.contact
    .updateMany({ where: { id, deletedAt: { not: null } }, data: { deletedAt: null } })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? emailTaken(null) : error;
    });
  await tell(scope, { kind: "contact", id }, "restored");
  await record(scope, { action: "contact.restored", target: { type: "contact", id } });
}
