import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import { record } from "~/modules/audit";
import { isUniqueViolation } from "~/server/db/failure";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { changedMeanwhile, domainTaken, restoreTooLate } from "../errors";
import { memberNames } from "../queries";
import { countRecords, listCompanies } from "../queries/lists";
import { tell } from "../queries/records";
import { canRestore, differences } from "../rules";
import type {
  Company,
  CompanyItem,
  CompanyListInput,
  CompanyMatching,
  CreateCompanyInput,
  RecordVersion,
  UpdateCompanyInput,
} from "../schema";
import { undoMerge } from "./merge-records";
import { belongingsOf, cursorOf, listOf, matchingOf } from "./read-lists";
import { goneOrChanged, missing, requireMember } from "./require";

/** One page of companies. @throws crm.cursor_invalid. */
export async function companyPage(
  scope: TenantReadScope,
  input: CompanyListInput,
): Promise<{ items: CompanyItem[]; nextCursor: string | null }> {
  const rows = await listCompanies(scope, listOf(scope.actor, input));
  const { items, nextCursor } = cutPage(rows, input.limit, (row) => cursorOf(input.sort, row));
  const belongings = await belongingsOf(scope, "company", items);
  return {
    items: items.map(({ nameKey: _name, employeesKey: _count, ownerId, ...row }) => ({
      ...row,
      ...belongings({ id: row.id, ownerId }),
    })),
    nextCursor,
  };
}

export const companyCount = async (scope: TenantReadScope, input: CompanyMatching) => ({
  count: await countRecords(scope, "company", matchingOf(scope.actor, input)),
});

/** @throws kernel.not_found, crm.merged. */
export async function companyDetail(scope: TenantReadScope, { id }: { id: string }): Promise<Company> {
  const row = await scope.db.company.findFirst({ where: { id } });
  if (!row) throw await missing(scope, "company", id);
  const [contactCount, belongings] = await Promise.all([
    scope.db.contact.count({ where: { orgId: row.orgId, companyId: id } }),
    belongingsOf(scope, "company", [row]),
  ]);
  const { name, domain, industry, employeeCount, phone, city, countryCode, notes, importId } = row;
  const values = { id, name, domain, industry, employeeCount, phone, city, countryCode, notes, importId };
  const { createdAt, updatedAt } = row;
  return {
    ...values,
    ...belongings(row),
    contactCount,
    createdAt,
    updatedAt,
  };
}

/** The living company of this domain, other than `exceptId`. */
const companyOfDomain = ({ db, actor }: TenantReadScope, domain: string, exceptId?: string) =>
  db.company.findFirst({
    where: { orgId: actor.orgId, domain, ...(exceptId && { id: { not: exceptId } }) },
    select: { id: true, name: true },
  });

/** Creates a company; it belongs to its creator unless said otherwise. @throws crm.domain_taken, crm.owner_unknown. */
export async function createCompany(scope: TenantScope, input: CreateCompanyInput): Promise<{ id: string }> {
  const { db, actor } = scope;
  await requireMember(scope, input.ownerId);
  const values = { ...input, ownerId: input.ownerId === undefined ? actor.userId : input.ownerId };
  const id = newId();
  // DO NOTHING rather than an error: a violated unique would end the transaction, and nobody could be named.
  const { count } = await db.company.createMany({
    data: { id, orgId: actor.orgId, ...values },
    skipDuplicates: true,
  });
  if (count === 0) throw domainTaken(await companyOfDomain(scope, input.domain ?? ""));
  await tell(scope, { kind: "company", id }, "created");
  await record(scope, { action: "company.created", target: { type: "company", id }, after: values });
  return { id };
}

/**
 * Changes what is given of a company that nobody else has changed meanwhile.
 * @returns the version that the next change names.
 * @throws kernel.not_found, crm.changed_meanwhile, crm.domain_taken, crm.owner_unknown.
 */
export async function updateCompany(
  scope: TenantScope,
  input: UpdateCompanyInput,
): Promise<{ id: string; updatedAt: Date }> {
  const { db } = scope;
  const { id, updatedAt, ...values } = input;
  const before = await db.company.findFirst({ where: { id } });
  if (!before) throw notFound("company");
  await requireMember(scope, values.ownerId === before.ownerId ? null : values.ownerId);
  if (values.domain) {
    const existing = await companyOfDomain(scope, values.domain, id);
    if (existing) throw domainTaken(existing);
  }
  const [saved] = await db.company
    .updateManyAndReturn({ where: { id, updatedAt }, data: values, select: { updatedAt: true } })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? domainTaken(null) : error;
    });
  if (!saved) throw changedMeanwhile();
  const changed = differences(before, values);
  if (Object.keys(changed.after).length > 0) await tell(scope, { kind: "company", id }, "changed", changed);
  await record(scope, { action: "company.updated", target: { type: "company", id }, ...changed });
  return { id, updatedAt: saved.updatedAt };
}

/** Takes a company out of sight for 30 days, then for good. Its contacts stay. @throws kernel.not_found, crm.changed_meanwhile. */
export async function deleteCompany(scope: TenantScope, { id, updatedAt }: RecordVersion): Promise<void> {
  const { count } = await scope.db.company.updateMany({
    where: { id, ...(updatedAt && { updatedAt }) },
    data: { deletedAt: clock.now() },
  });
  if (count === 0) throw await goneOrChanged(scope, "company", id);
  await tell(scope, { kind: "company", id }, "deleted");
  await record(scope, { action: "company.deleted", target: { type: "company", id } });
}

/**
 * Undoes a deletion, or the merge into another company; on a living company it does nothing.
 * @throws kernel.not_found, crm.restore_too_late, crm.domain_taken, crm.kept_is_gone.
 */
export async function restoreCompany(scope: TenantScope, { id }: { id: string }): Promise<void> {
  const row = await scope.db.company.findFirst({
    where: { id, deletedAt: undefined },
    select: { domain: true, deletedAt: true, mergedIntoId: true },
  });
  if (!row) throw notFound("company");
  if (!row.deletedAt) return;
  if (row.mergedIntoId) return void (await undoMerge(scope, "company", { id }));
  if (!canRestore(row.deletedAt, clock.now())) throw restoreTooLate();
  const existing = row.domain && (await companyOfDomain(scope, row.domain));
  if (existing) throw domainTaken(existing);
  await scope.db.company
    .updateMany({ where: { id, deletedAt: { not: null } }, data: { deletedAt: null } })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? domainTaken(null) : error;
    });
  await tell(scope, { kind: "company", id }, "restored");
  await record(scope, { action: "company.restored", target: { type: "company", id } });
}

/** Members a record can be given to, by name. */
export async function ownerOptions(scope: TenantReadScope) {
  const names = await memberNames(scope);
  return [...names]
    .map(([id, name]) => ({ id, name, isMe: id === scope.actor.userId }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}
