/** Flows of saved views: what is asked of the person's rows and of the organization's at once. */
import type { OrgActor, UserActor } from "~/kernel/actor";
import { allows } from "~/kernel/roles";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { readUser, withUser } from "~/server/db/with-user";
import type { ShareViewInput, View, Views } from "./schema";
import { deleteOwnView, ownDefault, ownViews, sharedViewOf, sharedViews, shareView } from "./service";

/** Somebody in an organization, as both scopes know them. */
export type Member = { person: UserActor; actor: OrgActor };

export async function viewsOf({ person, actor }: Member, list: string): Promise<Views> {
  const [own, shared] = await Promise.all([
    readUser(person, (scope) => ownViews(scope, { orgId: actor.orgId, list })),
    readTenant(actor, (scope) => sharedViews(scope, list)),
  ]);
  const isTheirs = !actor.staff;
  const views = [...own.views.map((view) => ({ ...view, mayChange: isTheirs })), ...shared];
  return {
    views,
    // A view that is gone opens nothing.
    defaultId: views.some(({ id }) => id === own.defaultId) ? own.defaultId : null,
    mayKeep: isTheirs,
    mayShare: isTheirs && actor.role !== "job" && allows(actor.role, "view.share"),
  };
}

/** The view that the person's list opens with. For most, who have none, one statement. */
export async function openedView({ person, actor }: Member, list: string): Promise<View | null> {
  const opened = await readUser(person, (scope) => ownDefault(scope, { orgId: actor.orgId, list }));
  if (!opened) return null;
  return opened.view ?? readTenant(actor, (scope) => sharedViewOf(scope, opened.id));
}

/** Shares a view; one's own that it came from goes, once the shared one is there. @throws views.name_taken, views.too_many. */
export async function share({ person, actor }: Member, { from, ...input }: ShareViewInput) {
  const shared = await withTenant(actor, (scope) => shareView(scope, input));
  if (from) await withUser(person, (scope) => deleteOwnView(scope, actor.orgId, from)).catch(() => undefined);
  return shared;
}
