/** Renews a session by its refresh token, which is used up by it. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import type { IssuedSession } from "~/server/auth/cookies";
import { hashSecret, successorOf } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { countTry, type Limit } from "~/server/http/limiter";
import { limitKeyOf } from "~/server/http/trace";
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

/** Whose chain of tokens it is, for the one that presents a token of it. */
export type Family = {
  /** Where a token used twice is written down; null for a person's own log. */
  orgId: string | null;
  via: string | null;
  /** The latest that the session may live to; null for no bound but its own. */
  until: Date | null;
};
/** Looks a session up for the door that its token was presented at; null: not one of this door's. */
export type FamilyOf = (scope: SystemScope, session: RefreshRow) => Promise<Family | null>;

/** Browsers' sessions. A program's refresh token must never turn into one: it would shed the key's scopes. */
const ofBrowser: FamilyOf = async (_scope, { apiKeyId }) =>
  apiKeyId === null ? { orgId: null, via: null, until: null } : null;

/** A token that is none costs a query: so many an address and minute as strangers may ask, counted apart from what they ask. */
const perAddress = (): Limit => ({
  name: "renewals",
  points: env().ANONYMOUS_REQUESTS_PER_MINUTE,
  windowSeconds: 60,
});

type Outcome = { renewed: StartedSession } | { reused: RefreshRow } | { over: RefreshRow | null };

/**
 * A fresh session token and the next refresh token. The same token again within 10 s (another tab, an answer that got
 * lost) gets the same next one; later it is a copy in other hands, and the session ends for everybody who holds it.
 * @throws auth.session_ended, auth.refresh_reused; kernel.too_many_requests, which ends nothing
 */
export async function refreshSession(token: string | null, trace: Trace): Promise<IssuedSession> {
  if (!token) throw sessionEnded();
  await countTry(perAddress(), limitKeyOf(trace.address));
  return issue(await renewSession(token, ofBrowser, trace));
}

/** The same for the sessions of one door, by `familyOf`. @throws auth.session_ended, auth.refresh_reused */
export async function renewSession(token: string, familyOf: FamilyOf, trace: Trace): Promise<StartedSession> {
  const outcome = await withSystem({ reason: "renew a session", trace }, (scope) =>
    renew(scope, token, familyOf),
  );
  if ("renewed" in outcome) return outcome.renewed;
  if ("reused" in outcome) {
    sessionWatch().markEnded(outcome.reused.sessionId);
    metrics().tokensRefused.inc({ reason: "reused" });
    logger().warn({ correlation_id: trace.correlationId }, "refresh token reused; its session is ended");
    throw refreshReused();
  }
  throw outcome.over?.revokedReason === "refresh_reused" ? refreshReused() : sessionEnded();
}

async function renew(scope: SystemScope, token: string, familyOf: FamilyOf): Promise<Outcome> {
  const now = clock.now();
  const tokenHash = hashSecret(token);
  const row = await refreshTokenRow(scope, tokenHash);
  const family = row && (await familyOf(scope, row));
  if (!family) return { over: null };
  const decision = decideRefresh(row, now);
  if (!row || decision === "unknown" || decision === "ended" || decision === "expired") return { over: row };
  const { userId, sessionId } = row;
  if (decision === "reused") {
    await revokeSession(scope, sessionId, "refresh_reused");
    const target = { type: "session", id: sessionId };
    const { orgId, via } = family;
    await record(scope, { action: "session.refresh_reused", target }, { actorId: userId, orgId, via });
    return { reused: row };
  }
  if (decision === "replay") {
    const newest = await newestAfter(scope, token);
    return newest ? { renewed: { userId, sessionId, refreshToken: newest } } : { over: row };
  }
  const next = successorOf(token);
  const monthOn = new Date(now.getTime() + REFRESH_SECONDS * 1_000);
  const expiresAt = family.until && family.until < monthOn ? family.until : monthOn;
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
