/** Use cases of saved views. One's own are kept in the person's scope, also by a read-only member; shared ones in the organization's. */
import type { OrgActor } from "~/kernel/actor";
import { forbidden, notFound } from "~/kernel/errors";
import { allows } from "~/kernel/roles";
import { isOpenTo } from "~/kernel/staff";
import { record } from "~/modules/audit";
import { isUniqueViolation } from "~/server/db/failure";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import type { UserScope } from "~/server/db/with-user";
import { nameTaken, tooMany } from "./errors";
import { MOST_VIEWS } from "./rules";
import {
  ViewState,
  type ChangeViewInput,
  type KeepViewInput,
  type SetDefaultInput,
  type View,
} from "./schema";

type Kept = { id: string; name: string; state: unknown };
/** A state that an older version wrote is read as far as it makes sense. */
const stateOf = (stored: unknown): ViewState => ViewState.safeParse(stored).data ?? ViewState.parse({});

/** Whoever runs the organization may tidy up after others. */
const mayChangeShared = (actor: OrgActor, createdById: string): boolean =>
  actor.role !== "job" &&
  allows(actor.role, "view.share") &&
  isOpenTo(actor.staff, "view.share") &&
  (createdById === actor.userId || allows(actor.role, "organization.update"));

const ownView = ({ id, name, state }: Kept): View => ({
  id,
  name,
  state: stateOf(state),
  isShared: false,
  mayChange: true,
});
const sharedView = (
  actor: OrgActor,
  { id, name, state, createdById }: Kept & { createdById: string },
): View => ({
  id,
  name,
  state: stateOf(state),
  isShared: true,
  mayChange: mayChangeShared(actor, createdById),
});

type Place = { orgId: string; list: string };

export async function ownViews({ db, actor }: UserScope, { orgId, list }: Place) {
  const where = { orgId, userId: actor.userId, list };
  const [rows, opened] = await Promise.all([
    db.savedView.findMany({ where, orderBy: { name: "asc" }, take: MOST_VIEWS }),
    db.defaultView.findFirst({ where, select: { viewId: true } }),
  ]);
  return { views: rows.map(ownView), defaultId: opened?.viewId ?? null };
}

export async function sharedViews({ db, actor }: TenantReadScope, list: string): Promise<View[]> {
  const rows = await db.sharedView.findMany({
    where: { orgId: actor.orgId, list },
    orderBy: { name: "asc" },
    take: MOST_VIEWS,
  });
  return rows.map((row) => sharedView(actor, row));
}

/** What the person's list opens with: an own view, the id of one that may be shared, or nothing. */
export async function ownDefault({ db, actor }: UserScope, { orgId, list }: Place) {
  const where = { orgId, userId: actor.userId, list };
  const opened = await db.defaultView.findFirst({ where, select: { viewId: true } });
  if (!opened) return null;
  const row = await db.savedView.findFirst({ where: { ...where, id: opened.viewId } });
  return { id: opened.viewId, view: row && ownView(row) };
}

export async function sharedViewOf({ db, actor }: TenantReadScope, id: string): Promise<View | null> {
  const row = await db.sharedView.findFirst({ where: { orgId: actor.orgId, id } });
  return row && sharedView(actor, row);
}

/** @throws views.name_taken, views.too_many. */
export async function keepView(
  { db, actor }: UserScope,
  orgId: string,
  { list, name, state }: KeepViewInput,
): Promise<{ id: string }> {
  const place = { orgId, userId: actor.userId, list };
  if ((await db.savedView.count({ where: place })) >= MOST_VIEWS) throw tooMany();
  const id = newId();
  const { count } = await db.savedView.createMany({
    data: { id, ...place, name, state },
    skipDuplicates: true,
  });
  if (count === 0) throw nameTaken();
  return { id };
}

const orNameTaken = (error: unknown): never => {
  throw isUniqueViolation(error) ? nameTaken() : error;
};

/** @throws kernel.not_found, views.name_taken. */
export async function changeOwnView(
  { db, actor }: UserScope,
  orgId: string,
  { id, ...values }: ChangeViewInput,
): Promise<void> {
  const where = { orgId, userId: actor.userId, id };
  const { count } = await db.savedView.updateMany({ where, data: values }).catch(orNameTaken);
  if (count === 0) throw notFound("view");
}

/** @throws kernel.not_found. */
export async function deleteOwnView({ db, actor }: UserScope, orgId: string, id: string): Promise<void> {
  const { count } = await db.savedView.deleteMany({ where: { orgId, userId: actor.userId, id } });
  if (count === 0) throw notFound("view");
}

/** What the list opens with from now on; a view that goes later opens nothing. */
export async function setDefault({ db, actor }: UserScope, orgId: string, { list, id }: SetDefaultInput) {
  const place = { orgId, userId: actor.userId, list };
  await db.defaultView.deleteMany({ where: place });
  if (id !== null) await db.defaultView.createMany({ data: { ...place, viewId: id } });
}

/** @throws views.name_taken, views.too_many. */
export async function shareView(
  scope: TenantScope,
  { list, name, state }: KeepViewInput,
): Promise<{ id: string }> {
  const { db, actor } = scope;
  if ((await db.sharedView.count({ where: { orgId: actor.orgId, list } })) >= MOST_VIEWS) throw tooMany();
  const id = newId();
  const { count } = await db.sharedView.createMany({
    data: { id, orgId: actor.orgId, createdById: actor.userId!, list, name, state },
    skipDuplicates: true,
  });
  if (count === 0) throw nameTaken();
  await record(scope, { action: "view.shared", target: { type: "view", id }, after: { list, name } });
  return { id };
}

async function requireShared(scope: TenantScope, id: string) {
  const row = await scope.db.sharedView.findFirst({ where: { orgId: scope.actor.orgId, id } });
  if (!row) throw notFound("view");
  if (!mayChangeShared(scope.actor, row.createdById)) throw forbidden("organization.update");
  return row;
}

/** @throws kernel.not_found, kernel.forbidden for somebody else's, views.name_taken. */
export async function changeSharedView(
  scope: TenantScope,
  { id, ...values }: ChangeViewInput,
): Promise<void> {
  const before = await requireShared(scope, id);
  await scope.db.sharedView
    .updateMany({ where: { orgId: scope.actor.orgId, id }, data: values })
    .catch(orNameTaken);
  await record(scope, {
    action: "view.changed",
    target: { type: "view", id },
    before: { name: before.name, state: before.state },
    after: values,
  });
}

/** @throws kernel.not_found, kernel.forbidden for somebody else's. */
export async function deleteSharedView(scope: TenantScope, id: string): Promise<void> {
  const { list, name } = await requireShared(scope, id);
  await scope.db.sharedView.deleteMany({ where: { orgId: scope.actor.orgId, id } });
  await record(scope, { action: "view.deleted", target: { type: "view", id }, before: { list, name } });
}
