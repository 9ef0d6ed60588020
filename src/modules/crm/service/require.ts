/** What a record may point at: checked before it is written, so that the refusal stands beside its field. */
import { notFound } from "~/kernel/errors";
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { changedMeanwhile, companyUnknown, mergedAway, ownerUnknown } from "../errors";
import { memberNames } from "../queries";
import { mergedInto } from "../queries/merge";
import type { RecordKind } from "../rules";

/** Why a record is not there: it was merged into one that is (crm.merged), or it is not (kernel.not_found). */
export async function missing(scope: TenantReadScope, kind: RecordKind, id: string) {
  const intoId = await mergedInto(scope, kind, id);
  return intoId === null ? notFound(kind) : mergedAway(intoId);
}

const isThere = async ({ db }: TenantReadScope, kind: RecordKind, id: string): Promise<boolean> =>
  (kind === "company"
    ? await db.company.count({ where: { id } })
    : await db.contact.count({ where: { id } })) > 0;

/** @throws kernel.not_found, crm.merged when there is no such living record. */
export async function requireRecord(
  scope: TenantReadScope,
  { kind, id }: { kind: RecordKind; id: string },
): Promise<void> {
  if (!(await isThere(scope, kind, id))) throw await missing(scope, kind, id);
}

/** Why a record of one version could not be changed: it is another one by now, or it is not there. */
export const goneOrChanged = async (scope: TenantReadScope, kind: RecordKind, id: string) =>
  (await isThere(scope, kind, id)) ? changedMeanwhile() : notFound(kind);

/** @throws crm.owner_unknown when `ownerId` is not a member. */
export async function requireMember(scope: TenantScope, ownerId: string | null | undefined): Promise<void> {
  if (ownerId && !(await memberNames(scope, [ownerId])).has(ownerId)) throw ownerUnknown();
}

/** @throws crm.company_unknown when it is not a living company of this organization. */
export async function requireCompany(
  scope: TenantScope,
  companyId: string | null | undefined,
): Promise<void> {
  if (companyId && (await scope.db.company.count({ where: { id: companyId } })) === 0) throw companyUnknown();
}
