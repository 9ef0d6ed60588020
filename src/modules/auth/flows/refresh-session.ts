/** Renews a session by its refresh token, which is used up by it. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import type { IssuedSession } from "~/server/auth/cookies";
import { hashSecret, successorOf } from "~/server/auth/secrets";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { refreshReused, sessionEnded } from "../errors";
import {
  addRefreshToken,
  refreshTokenRow,
  prolongSession,
  refreshTokenUse,
  revokeSession,
  consumeRefreshToken,
  type RefreshRow,
} from "../queries/system";
import { decideRefresh, REFRESH_SECONDS } from "../rules";
import { issue, type StartedSession } from "./start-session";
import { sessionWatch } from "./watch-sessions";

type Outcome = { renewed: StartedSession } | { reused: RefreshRow } | { over: RefreshRow | null };

/**
 * A fresh session token and the next refresh token. The same token again within 10 s (another tab, an answer that got
 * lost) gets the same next one; later it is a copy in other hands, and the session ends for everybody who holds it.
 * @throws auth.session_ended, auth.refresh_reused
 */
export async function refreshSession(token: string | null, trace: Trace): Promise<IssuedSession> {
  if (!token) throw sessionEnded();
  const outcome = await withSystem({ reason: "renew a session", trace }, (scope) => renew(scope, token));
  if ("renewed" in outcome) return issue(outcome.renewed);
  if ("reused" in outcome) {
    sessionWatch().markEnded(outcome.reused.sessionId);
    metrics().tokensRefused.inc({ reason: "reused" });
    logger().warn({ correlation_id: trace.correlationId }, "refresh token reused; its session is ended");
    throw refreshReused();
  }
  throw outcome.over?.revokedReason === "refresh_reused" ? refreshReused() : sessionEnded();
}

async function renew(scope: SystemScope, token: string): Promise<Outcome> {
  const now = clock.now();
  const tokenHash = hashSecret(token);
  const row = await refreshTokenRow(scope, tokenHash);
  const decision = decideRefresh(row, now);
  if (!row || decision === "unknown" || decision === "ended" || decision === "expired") return { over: row };
  const { userId, sessionId } = row;
  if (decision === "reused") {
    await revokeSession(scope, sessionId, "refresh_reused");
    const target = { type: "session", id: sessionId };
    await record(scope, { action: "session.refresh_reused", target }, { actorId: userId });
    return { reused: row };
  }
  if (decision === "replay") {
    const newest = await newestAfter(scope, token);
    return newest ? { renewed: { userId, sessionId, refreshToken: newest } } : { over: row };
  }
  const next = successorOf(token);
  const expiresAt = new Date(now.getTime() + REFRESH_SECONDS * 1_000);
  await consumeRefreshToken(scope, tokenHash, now);
  await addRefreshToken(scope, { sessionId, userId, tokenHash: hashSecret(next), expiresAt });
  await prolongSession(scope, sessionId, expiresAt);
  return { renewed: { userId, sessionId, refreshToken: next } };
}

/**
 * The unused end of the chain. Usually the very next one; a tab that is late by two renewals would otherwise put a used
 * token back into the browser, which would look like theft tomorrow.
 */
async function newestAfter(scope: SystemScope, token: string): Promise<string | null> {
  for (let next = successorOf(token); ; next = successorOf(next)) {
    const use = await refreshTokenUse(scope, hashSecret(next));
    if (!use) return null; // the server's secret was changed since
    if (!use.usedAt) return next;
  }
}
