/**
 * Confirming that it is oneself, in a session that is signed in already: for what a stolen session must not reach
 * (ADR 0027). By a mailed link, or by a passkey; either counts for 15 minutes and for that session alone.
 */
import type { Trace, UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { unauthenticated } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { hashSecret, newSecret } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { readSystem, withSystem, type SystemScope } from "~/server/db/with-system";
import { readUser } from "~/server/db/with-user";
import { countTry, type Limit } from "~/server/http/limiter";
import { logger } from "~/server/observability/logger";
import { mailStepUpLink } from "../adapters/mail";
import { passkeyParty, type PasskeyParty } from "../adapters/passkeys";
import { passkeyKnown, passkeyLimit, passkeyRefused, passkeysNotOffered } from "../errors";
import {
  addPasskeyRow,
  addStepUpLink,
  consumeStepUpLink,
  dropStepUpLink,
  forgetStepUpLinks,
  lockPasskey,
  notePasskeyUse,
  passkeysOf,
  putChallenge,
  stepUpLink,
  stepUpSession,
  takeChallenge,
  userById,
} from "../queries/system";
import {
  CHALLENGE_MINUTES,
  describeBrowser,
  LINK_VALID_MINUTES,
  MOST_PASSKEYS,
  safeNext,
  stepUpRefusal,
} from "../rules";
import type {
  AddPasskeyInput,
  AddPasskeyOptions,
  ConfirmByPasskeyInput,
  ConfirmOptions,
  RequestStepUpInput,
  StepUpBy,
  StepUpError,
} from "../schema";
import { requireStepUp, stepUpState } from "../service";
import type { LinkMail } from "./request-link";

/**
 * For what a person must confirm: deletion, the platform's console.
 * @throws auth.step_up_required unless this session was confirmed within 15 minutes.
 */
export const requireFreshSignIn = (actor: UserActor): Promise<void> => readUser(actor, requireStepUp);

/** The same as a question, for a page that asks for the confirmation itself. */
export const isSteppedUp = async (actor: UserActor): Promise<boolean> =>
  (await readUser(actor, stepUpState)).until !== null;

const minutesOn = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);

/** Mails to one person, whatever session asks. */
const perPerson = (): Limit => ({
  name: "step-up-link",
  points: env().SIGN_IN_LINKS_PER_MAIL,
  windowSeconds: LINK_VALID_MINUTES * 60,
});

export type SendStepUp = (mail: LinkMail) => Promise<void>;

/**
 * Mails a link that confirms the session that asks, once, within 15 minutes.
 * @throws kernel.too_many_requests (5 a person in 15 minutes, by default), mail.unavailable
 */
export async function requestStepUp(
  actor: UserActor,
  { next }: RequestStepUpInput,
  userAgent: string | null,
  send: SendStepUp = mailStepUpLink,
): Promise<{ sent: true; validMinutes: number }> {
  const { userId, sessionId, trace } = actor;
  await countTry(perPerson(), userId);
  const token = newSecret();
  const tokenHash = hashSecret(token);
  const email = await withSystem({ reason: "make a link that confirms a session", trace }, async (scope) => {
    const user = await userById(scope, userId);
    if (!user) throw unauthenticated();
    await forgetStepUpLinks(scope, minutesOn(-24 * 60));
    await addStepUpLink(scope, { tokenHash, userId, sessionId, expiresAt: minutesOn(LINK_VALID_MINUTES) });
    return user.email;
  });
  const params = new URLSearchParams({ token, next: safeNext(next) });
  try {
    await send({
      to: email,
      url: `${env().APP_URL}/login/confirm?${params}`,
      validMinutes: LINK_VALID_MINUTES,
      from: { ...describeBrowser(userAgent), address: trace.address },
    });
  } catch (error) {
    await withSystem({ reason: "take an unsent link back", trace }, (scope) =>
      dropStepUpLink(scope, tokenHash),
    );
    throw error;
  }
  return { sent: true, validMinutes: LINK_VALID_MINUTES };
}

/** The button of the mailed link, pressed in a signed-in browser. @returns null when it counts, else why not. */
export function stepUpByLink(actor: UserActor, token: string): Promise<StepUpError | null> {
  const { sessionId, userId, trace } = actor;
  const tokenHash = hashSecret(token);
  return withSystem({ reason: "confirm a session by link", trace }, async (scope) => {
    const now = clock.now();
    if (await consumeStepUpLink(scope, tokenHash, sessionId, now)) {
      return (await confirmed(scope, actor, "link", now)) ? null : "signed_out";
    }
    const error =
      stepUpRefusal(await stepUpLink(scope, tokenHash), { userId, sessionId }, now) ?? "link_unknown";
    // A made-up token tells nothing, and anybody could fill the log with them.
    if (error !== "link_unknown") await refused(scope, actor, "link", error);
    return error;
  });
}

async function confirmed(scope: SystemScope, actor: UserActor, by: StepUpBy, at: Date): Promise<boolean> {
  const { sessionId, userId } = actor;
  if (!(await stepUpSession(scope, sessionId, by, at))) return false;
  const target = { type: "session", id: sessionId };
  await record(scope, { action: "session.confirmed", target, after: { by } }, { actorId: userId });
  return true;
}

const refused = (scope: SystemScope, { sessionId, userId }: UserActor, by: StepUpBy, error: string) =>
  record(
    scope,
    {
      action: "session.confirm_refused",
      target: { type: "session", id: sessionId },
      after: { by, error },
    },
    { actorId: userId },
  );

// ─── Passkeys ───

/** @throws auth.passkeys_not_offered where the host is a number. */
function partyOrRefuse(): PasskeyParty {
  const party = passkeyParty(env().APP_URL);
  if (!party) throw passkeysNotOffered();
  return party;
}

/**
 * What a browser needs to make a new passkey. A stolen session could otherwise give itself one.
 * @throws auth.step_up_required, auth.passkey_limit, auth.passkeys_not_offered
 */
export async function beginPasskey(actor: UserActor): Promise<AddPasskeyOptions> {
  const party = partyOrRefuse();
  await requireFreshSignIn(actor);
  const { userId, sessionId, trace } = actor;
  const { user, known } = await readSystem({ reason: "begin a passkey", trace }, async (scope) => ({
    user: await userById(scope, userId),
    known: await passkeysOf(scope, userId),
  }));
  if (!user) throw unauthenticated();
  if (known.length >= MOST_PASSKEYS) throw passkeyLimit(MOST_PASSKEYS);
  const options = await party.offer({ id: userId, email: user.email, name: user.name }, known);
  await keep(actor, "add", options.challenge, { sessionId, trace });
  return options;
}

/** @throws auth.step_up_required, auth.passkey_refused, auth.passkey_known, auth.passkey_limit */
export async function addPasskey(
  actor: UserActor,
  { name, answer }: AddPasskeyInput,
): Promise<{ id: string }> {
  const party = partyOrRefuse();
  await requireFreshSignIn(actor);
  const { userId, sessionId, trace } = actor;
  const challenge = await take(sessionId, "add", trace);
  const made = challenge && (await party.verifyNew(answer, challenge).catch(whyRefused(trace)));
  if (!made) throw passkeyRefused();
  return withSystem({ reason: "add a passkey", trace, actorId: userId }, async (scope) => {
    if ((await passkeysOf(scope, userId)).length >= MOST_PASSKEYS) throw passkeyLimit(MOST_PASSKEYS);
    const id = await addPasskeyRow(scope, { userId, name, ...made });
    if (!id) throw passkeyKnown();
    const { isSynced } = made;
    await record(scope, {
      action: "passkey.added",
      target: { type: "passkey", id },
      after: { name, isSynced },
    });
    return { id };
  });
}

/** What a browser needs to confirm by one of the person's passkeys. @throws auth.passkeys_not_offered */
export async function beginConfirm(actor: UserActor): Promise<ConfirmOptions> {
  const party = partyOrRefuse();
  const { userId, sessionId, trace } = actor;
  const known = await readSystem({ reason: "begin a confirmation", trace }, (scope) =>
    passkeysOf(scope, userId),
  );
  const options = await party.ask(known);
  await keep(actor, "confirm", options.challenge, { sessionId, trace });
  return options;
}

/**
 * Confirms the session by a passkey of the same person. The challenge is used up whatever comes of it.
 * @throws auth.passkey_refused
 */
export async function confirmByPasskey(actor: UserActor, { answer }: ConfirmByPasskeyInput): Promise<void> {
  const party = partyOrRefuse();
  const { userId, sessionId, trace } = actor;
  const challenge = await take(sessionId, "confirm", trace);
  const isConfirmed = await withSystem({ reason: "confirm a session by passkey", trace }, async (scope) => {
    const passkey = challenge ? await lockPasskey(scope, userId, answer.id) : null;
    const use =
      challenge && passkey
        ? await party.verifyUse(answer, challenge, passkey).catch(whyRefused(trace))
        : null;
    if (!passkey || !use) {
      await refused(
        scope,
        actor,
        "passkey",
        !challenge ? "challenge" : !passkey ? "unknown_passkey" : "answer",
      );
      return false;
    }
    const now = clock.now();
    await notePasskeyUse(scope, passkey.id, { ...use, lastUsedAt: now });
    return confirmed(scope, actor, "passkey", now);
  });
  if (!isConfirmed) throw passkeyRefused();
}

const whyRefused = (trace: Trace) => (error: unknown) => {
  logger().info({ err: error, correlation_id: trace.correlationId }, "passkey refused");
  return null;
};

const keep = (
  { userId }: UserActor,
  purpose: "add" | "confirm",
  challenge: string,
  { sessionId, trace }: { sessionId: string; trace: Trace },
) =>
  withSystem({ reason: "keep a passkey's challenge", trace }, (scope) =>
    putChallenge(scope, { sessionId, purpose, userId, challenge, expiresAt: minutesOn(CHALLENGE_MINUTES) }),
  );

/** In a transaction of its own: whatever fails afterwards, the challenge is spent. */
const take = (sessionId: string, purpose: "add" | "confirm", trace: Trace) =>
  withSystem({ reason: "take a passkey's challenge", trace }, (scope) =>
    takeChallenge(scope, sessionId, purpose, clock.now()),
  );
