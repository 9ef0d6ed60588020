import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import { record } from "~/modules/audit";
import { isUniqueViolation } from "~/server/db/failure";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { changedMeanwhile, emailTaken, restoreTooLate } from "../errors";
import { countRecords, listContacts } from "../queries/lists";
import { canRestore, contactName } from "../rules";
import type {
  Contact,
  ContactItem,
  ContactListInput,
  ContactMatching,
  CreateContactInput,
  UpdateContactInput,
} from "../schema";
import { differences } from "./manage-companies";
import { cursorOf, listOf, matchingOf, ownersOf } from "./read-lists";
import { requireCompany, requireMember } from "./require";

/** One page of contacts, of one company when `companyId` is given. @throws crm.cursor_invalid. */
export async function contactPage(
  scope: TenantReadScope,
  input: ContactListInput,
): Promise<{ items: ContactItem[]; nextCursor: string | null }> {
  const rows = await listContacts(scope, listOf(scope.actor, input));
  const { items, nextCursor } = cutPage(rows, input.limit, (row) => cursorOf(input.sort, row));
  const ownerOf = await ownersOf(
    scope,
    items.map((row) => row.ownerId),
  );
  return {
    items: items.map(({ ownerId, nameKey: _sortedBy, companyId, companyName, ...row }) => ({
      ...row,
      company: companyId && companyName !== null ? { id: companyId, name: companyName } : null,
      owner: ownerOf(ownerId),
    })),
    nextCursor,
  };
}

export const contactCount = async (scope: TenantReadScope, input: ContactMatching) => ({
  count: await countRecords(scope, "contact", matchingOf(scope.actor, input)),
});

/** @throws kernel.not_found. */
export async function contactDetail(scope: TenantReadScope, { id }: { id: string }): Promise<Contact> {
  const row = await scope.db.contact.findFirst({ where: { id } });
  if (!row) throw notFound("contact");
  const [company, ownerOf] = await Promise.all([
    row.companyId
      ? scope.db.company.findFirst({ where: { id: row.companyId }, select: { id: true, name: true } })
      : null,
    ownersOf(scope, [row.ownerId]),
  ]);
  const { orgId: _org, nameKey: _sortedBy, deletedAt: _deleted, companyId: _link, ownerId, ...contact } = row;
  return { ...contact, company, owner: ownerOf(ownerId) };
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
  await record(scope, { action: "contact.created", target: { type: "contact", id }, after: values });
  return { id };
}

/** As `updateCompany`. @throws kernel.not_found, crm.changed_meanwhile, crm.email_taken, crm.company_unknown. */
export async function updateContact(scope: TenantScope, input: UpdateContactInput): Promise<{ id: string }> {
  const { db } = scope;
  const { id, updatedAt, ...values } = input;
  const before = await db.contact.findFirst({ where: { id } });
  if (!before) throw notFound("contact");
  await requireMember(scope, values.ownerId === before.ownerId ? null : values.ownerId);
  await requireCompany(scope, values.companyId === before.companyId ? null : values.companyId);
  if (values.email) {
    const existing = await contactOfEmail(scope, values.email, id);
    if (existing) throw emailTaken(existing);
  }
  const { count } = await db.contact
    .updateMany({ where: { id, updatedAt }, data: values })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? emailTaken(null) : error;
    });
  if (count === 0) throw changedMeanwhile();
  await record(scope, {
    action: "contact.updated",
    target: { type: "contact", id },
    ...differences(before, values),
  });
  return { id };
}

/** Takes a contact out of sight for 30 days, then for good. @throws kernel.not_found. */
export async function deleteContact(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const { count } = await scope.db.contact.updateMany({ where: { id }, data: { deletedAt: clock.now() } });
  if (count === 0) throw notFound("contact");
  await record(scope, { action: "contact.deleted", target: { type: "contact", id } });
}

/** Undoes a deletion; on a living contact it does nothing. @throws kernel.not_found, crm.restore_too_late, crm.email_taken. */
export async function restoreContact(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const row = await scope.db.contact.findFirst({
    where: { id, deletedAt: undefined },
    select: { email: true, deletedAt: true },
  });
  if (!row) throw notFound("contact");
  if (!row.deletedAt) return;
  if (!canRestore(row.deletedAt, clock.now())) throw restoreTooLate();
  const existing = row.email && (await contactOfEmail(scope, row.email));
  if (existing) throw emailTaken(existing);
  await scope.db.contact
    .updateMany({ where: { id, deletedAt: { not: null } }, data: { deletedAt: null } })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? emailTaken(null) : error;
    });
  await record(scope, { action: "contact.restored", target: { type: "contact", id } });
}
