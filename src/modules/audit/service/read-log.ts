/** The log as its page and its export read it. */
import { cutPage } from "~/kernel/paging";
import { notFound } from "~/kernel/errors";
import type { TenantReadScope } from "~/server/db/with-tenant";
import {
  actionsOf,
  daysAsInstants,
  findEntries,
  membersSaying,
  type Narrowed,
  type OfChain,
} from "../queries";
import { actionsSaying, deedOf, firstIdAfter, firstIdFrom, groupOf, isRefusal } from "../rules";
import { PLATFORM, type AuditItem, type AuditListInput, type AuditPage, type ChainState } from "../schema";

type Wanted = { type: string; id: string };
export type Found = { label: string | null; path: string | null };

/** What slices above know of the things that entries name: `wiring/audit-targets.ts` binds it. */
export type AuditTargets = (scope: TenantReadScope, wanted: readonly Wanted[]) => Promise<Map<string, Found>>;

export const targetKey = ({ type, id }: Wanted): string => `${type}:${id}`;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Entries of the organization, newest first. */
export async function listEntries(
  scope: TenantReadScope,
  input: AuditListInput,
  targets: AuditTargets,
): Promise<AuditPage> {
  const ids = await idsOf(scope, input);
  const page = cutPage(ids, input.limit, (id) => id);
  return { items: await readItems(scope, page.items, targets), nextCursor: page.nextCursor };
}

async function idsOf(scope: TenantReadScope, input: AuditListInput): Promise<string[]> {
  const { search, person, group, target, refusals, limit, cursor } = input;
  const { from, until } =
    input.from || input.to ? await daysAsInstants(scope, input) : { from: null, until: null };
  const isByAction = Boolean(group || refusals || search);
  const chain = { db: scope.db, orgId: scope.actor.orgId };
  const known = isByAction ? await actionsOf(chain) : [];
  const wanted = known.filter(
    (action) => (!group || groupOf(action) === group) && (!refusals || isRefusal(action)),
  );
  const narrowed: Narrowed = {
    person: person === PLATFORM ? null : person,
    actions: group || refusals ? wanted : undefined,
    target,
    from: from && { at: from, id: firstIdFrom(from) },
    until: until && { at: until, id: firstIdAfter(until) },
    before: cursor ?? null,
  };
  if (narrowed.actions?.length === 0) return [];
  const people = search ? await membersSaying(scope, search) : [];
  const sought = search ? soughtBy(search, wanted, { people, targets: people }) : null;
  return findEntries(chain, narrowed, sought, limit + 1);
}

const soughtBy = (text: string, actions: readonly string[], named: Named) => ({
  ...named,
  ...{ text, actions: actionsSaying(text, actions) },
  id: UUID.test(text) ? text : null,
});

/** What a word of a search names, as whoever asks knows it: who did something, and to whom or what it was done. */
type Named = { people: readonly string[]; targets: readonly string[] };
type AskedOfChain = {
  text: string;
  named: Named;
  person?: string | undefined;
  /** "staff.suspended", or the noun alone. */
  action?: string | undefined;
  /** The last one shown. */
  before: string | null;
  most: number;
};

/** Ids of a chain's entries that a search finds, newest first, each way by an index; for those who look across chains. */
export async function searchChain(
  chain: OfChain,
  { text, named, person, action, before, most }: AskedOfChain,
): Promise<string[]> {
  const known = await actionsOf(chain);
  const isWanted = (one: string) => !action || one === action || one.startsWith(`${action}.`);
  const wanted = known.filter(isWanted);
  if (wanted.length === 0) return [];
  const narrowed: Narrowed = { person, before, ...(action && { actions: wanted }), from: null, until: null };
  return findEntries(chain, narrowed, soughtBy(text, wanted, named), most);
}

/** @throws kernel.not_found */
export async function readEntry(
  scope: TenantReadScope,
  { id }: { id: string },
  targets: AuditTargets,
): Promise<AuditItem> {
  const [item] = await readItems(scope, [id], targets);
  if (!item) throw notFound("entry");
  return item;
}

type Detail = {
  address?: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

async function readItems(
  scope: TenantReadScope,
  ids: readonly string[],
  targets: AuditTargets,
): Promise<AuditItem[]> {
  if (ids.length === 0) return [];
  const { db, actor } = scope;
  const where = { orgId: actor.orgId, id: { in: [...ids] } };
  const [entries, details] = await Promise.all([
    db.auditEntry.findMany({ where, orderBy: { id: "desc" }, include: { seal: true } }),
    db.auditDetail.findMany({ where: { orgId: actor.orgId, entryId: { in: [...ids] } } }),
  ]);
  const detailOf = new Map(details.map((row) => [row.entryId, row.detail as Detail]));
  const wanted = entries.flatMap(({ actorId, targetType, targetId }) => [
    ...(actorId ? [{ type: "user", id: actorId }] : []),
    ...(targetType && targetId ? [{ type: targetType, id: targetId }] : []),
  ]);
  const found = await targets(scope, wanted);
  return entries.map((entry) => {
    const detail = detailOf.get(entry.id);
    const { before = null, after = null, address = null } = detail ?? {};
    const named = entry.targetType && entry.targetId ? { type: entry.targetType, id: entry.targetId } : null;
    const target = named && { ...named, ...(found.get(targetKey(named)) ?? { label: null, path: null }) };
    return {
      id: entry.id,
      at: entry.createdAt,
      action: entry.action,
      actor: entry.actorId
        ? {
            id: entry.actorId,
            name: found.get(targetKey({ type: "user", id: entry.actorId }))?.label ?? null,
          }
        : null,
      via: entry.via,
      deed: deedOf({ action: entry.action, target, before, after }),
      isRefusal: isRefusal(entry.action),
      target,
      before,
      after,
      address,
      isErased: detail === undefined && entry.detailDigest !== null,
      correlationId: entry.correlationId,
      seal: entry.seal && {
        seq: Number(entry.seal.seq),
        hash: entry.seal.hash,
        sealedAt: entry.seal.sealedAt,
      },
    };
  });
}

/** How far the organization's chain is sealed and verified. */
export async function chainState({ db, actor }: TenantReadScope): Promise<ChainState> {
  const { orgId } = actor;
  const [head, check] = await Promise.all([
    db.auditSeal.findFirst({ where: { orgId }, orderBy: { seq: "desc" } }),
    db.auditCheck.findUnique({ where: { chain: orgId } }),
  ]);
  return {
    sealed: Number(head?.seq ?? 0),
    head: head && { hash: head.hash, sealedAt: head.sealedAt },
    verified: check && { seq: Number(check.seq), at: check.checkedAt, wholeAt: check.fullAt },
    fault: check?.fault
      ? {
          kind: check.fault as NonNullable<ChainState["fault"]>["kind"],
          entryId: check.faultEntryId,
          seq: check.faultSeq === null ? null : Number(check.faultSeq),
        }
      : null,
  };
}

const MOST_PEOPLE = 300;

/** Members, by name, for the filter. Who has left is found by their name in the list. */
export async function listPeople({ db, actor }: TenantReadScope): Promise<{ id: string; name: string }[]> {
  const rows = await db.membership.findMany({
    where: { orgId: actor.orgId },
    select: { userId: true, userName: true, userEmail: true },
    orderBy: [{ userName: "asc" }, { userId: "asc" }],
    take: MOST_PEOPLE,
  });
  return rows.map(({ userId, userName, userEmail }) => ({ id: userId, name: userName || userEmail }));
}
