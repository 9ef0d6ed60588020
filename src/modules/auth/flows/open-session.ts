/** Sessions that staff open as a member; the console decides whether, and writes down why. */
import { newId } from "~/server/db/ids";
import type { SystemScope } from "~/server/db/with-system";
import { addOpenedSession, endOpenedBy, type OpenedSession } from "../queries/system";

/** A new opened session, in the caller's transaction. One at a time: what the same person had open ends. @returns its id. */
export async function openSession(scope: SystemScope, asked: Omit<OpenedSession, "id">): Promise<string> {
  await endOpenedBy(scope, asked.staffId);
  const id = newId();
  await addOpenedSession(scope, { id, ...asked });
  return id;
}

export { endOpenedBy as endOpenedSessions } from "../queries/system";
