/** Sessions of programs: they begin with an API key, stand in the registry of its maker, and end with it. */
import type { Trace } from "~/kernel/actor";
import { readSystem, withSystem } from "~/server/db/with-system";
import {
  boundSessionsOfKey,
  endSessionsOfKeyBut,
  sessionsOfKeys,
  type ProgramSession,
} from "../queries/system";
import { startSession, type Program, type StartedSession } from "./start-session";
import { sessionWatch } from "./watch-sessions";

/** A key that is exchanged again and again leaves no more sessions than these; the oldest end. */
const MOST_SESSIONS = 20;

export type ProgramStart = { userId: string; userAgent: string | null; program: Program };

/** A new session of a key. */
export async function startProgramSession(
  { userId, userAgent, program }: ProgramStart,
  trace: Trace,
): Promise<StartedSession> {
  const { started, endedIds } = await withSystem(
    { reason: "start a program's session", trace },
    async (scope) => ({
      started: await startSession(scope, {
        ...{ userId, method: "key", program },
        visitor: { userAgent, replaces: null },
      }),
      endedIds: await endSessionsOfKeyBut(scope, program.keyId, MOST_SESSIONS, "replaced"),
    }),
  );
  for (const id of endedIds) sessionWatch().markEnded(id);
  return started;
}

/** Living sessions of these keys, which the caller was shown by their organization. */
export const programSessions = (keyIds: string[], trace: Trace): Promise<ProgramSession[]> =>
  readSystem({ reason: "list sessions of keys", trace }, (scope) => sessionsOfKeys(scope, keyIds));

/** Ends a key's sessions now (`until` null), or lets none of them live beyond `until`. */
export async function endProgramSessions(keyId: string, until: Date | null, trace: Trace): Promise<void> {
  const endedIds = await withSystem({ reason: "end sessions of a key", trace }, async (scope) => {
    if (!until) return endSessionsOfKeyBut(scope, keyId, 0, "key_ended");
    await boundSessionsOfKey(scope, keyId, until);
    return [];
  });
  for (const id of endedIds) sessionWatch().markEnded(id);
}
