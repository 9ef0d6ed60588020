/** Reading one's own: rows in the person's scope, names of others in the organization's. */
import type { OrgActor, UserActor } from "~/kernel/actor";
import { readTenant } from "~/server/db/with-tenant";
import { readUser } from "~/server/db/with-user";
import { namesOf } from "../queries";
import { isAboutPerson } from "../rules";
import { shownOf, type ListNotificationsInput, type NotificationPage } from "../schema";
import { ownNotifications } from "../service";

export async function listNotifications(
  person: UserActor,
  actor: OrgActor,
  input: ListNotificationsInput,
): Promise<NotificationPage> {
  const { items, nextCursor } = await readUser(person, (scope) =>
    ownNotifications(scope, actor.orgId, input),
  );
  const about = items.flatMap(({ kind, targetId }) => (targetId && isAboutPerson(kind) ? [targetId] : []));
  const names = await readTenant(actor, (scope) => namesOf(scope, [...new Set(about)]));
  const shown = items.map((row) =>
    shownOf(row, (id) => (isAboutPerson(row.kind) ? names.get(id) : undefined)),
  );
  return { items: shown.filter((item) => item !== null), nextCursor };
}
