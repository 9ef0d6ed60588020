/** The three ways in: a mailed link, Google, and in `local` a demo person. Each is one transaction. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { line } from "~/kernel/text";
import { record } from "~/modules/audit";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { metrics } from "~/server/observability/metrics";
import { unknownPerson } from "../errors";
import {
  addGoogleAccount,
  googleAccount,
  signInLink,
  userByEmail,
  userForEmail,
  usersOf,
  consumeSignInLink,
  verifyEmailOf,
} from "../queries/system";
import { decideGoogle, DEMO_PEOPLE, linkRefusal } from "../rules";
import type { SignInError, SignInMethod } from "../schema";
import { startSession, type StartedSession, type Visitor } from "./start-session";
import { sessionWatch } from "./watch-sessions";

/**
 * Uses a link up. Of two tries at the same moment one succeeds.
 * @returns null when it was taken, else why not; refusals of real links are audited.
 */
export function takeLink(tokenHash: string, email: string, trace: Trace): Promise<SignInError | null> {
  return withSystem({ reason: "open a sign-in link", trace }, async (scope) => {
    const now = clock.now();
    if (await consumeSignInLink(scope, tokenHash, email, now)) return null;
    const error = linkRefusal(await signInLink(scope, tokenHash), email, now);
    const owner = error === "link_unknown" ? null : await userByEmail(scope, email);
    await refuse(scope, "email", error, owner?.id ?? null);
    return error;
  });
}

/** Signs the owner of an address in, whose link was taken a moment ago; a first visit creates the person. */
export async function signInByLink(email: string, visitor: Visitor, trace: Trace): Promise<StartedSession> {
  const started = await withSystem({ reason: "sign in by link", trace }, async (scope) => {
    const now = clock.now();
    const { user } = await userForEmail(scope, email, null, now);
    await verifyEmailOf(scope, user.id, now);
    return startSession(scope, { userId: user.id, method: "email", visitor });
  });
  return arrived(started, "email", visitor);
}

export type GoogleProfile = { sub: string; email: string; isEmailVerified: boolean; name: string | null };

export type GoogleAnswer =
  | { kind: "signed_in"; session: StartedSession }
  | { kind: "connected" }
  | { kind: "refused"; error: SignInError };

/** `connectUserId`: the signed-in person who asked for it on the profile page. */
export async function signInByGoogle(
  profile: GoogleProfile,
  visitor: Visitor,
  connectUserId: string | null,
  trace: Trace,
): Promise<GoogleAnswer> {
  const answer = await withSystem(
    { reason: "sign in by google", trace },
    async (scope): Promise<GoogleAnswer> => {
      const joined = await googleAccount(scope, profile.sub);
      const known = await userByEmail(scope, profile.email);
      const decision = decideGoogle({
        isEmailVerified: profile.isEmailVerified,
        joinedUserId: joined?.userId ?? null,
        connectUserId,
        sameAddress: known && {
          userId: known.id,
          isEmailVerified: known.emailVerifiedAt !== null,
          hasOtherGoogle: known.accounts.length > 0,
        },
      });
      switch (decision.kind) {
        case "refuse":
          await refuse(scope, "google", decision.error, connectUserId ?? known?.id ?? null);
          return { kind: "refused", error: decision.error };
        case "connect":
          if (!joined) await join(scope, decision.userId, profile.sub);
          return { kind: "connected" };
        case "create": {
          const { user } = await userForEmail(scope, profile.email, nameOf(profile), clock.now());
          await join(scope, user.id, profile.sub);
          return { kind: "signed_in", session: await startSession(scope, by(user.id)) };
        }
        case "join":
          await join(scope, decision.userId, profile.sub);
          return { kind: "signed_in", session: await startSession(scope, by(decision.userId)) };
        case "sign_in":
          return { kind: "signed_in", session: await startSession(scope, by(decision.userId)) };
      }
    },
  );
  if (answer.kind === "signed_in") arrived(answer.session, "google", visitor);
  return answer;

  function by(userId: string) {
    return { userId, method: "google" as const, visitor };
  }
}

/** Google's name for a person, where it is a line of text that we would take from themselves. */
const nameOf = ({ name }: GoogleProfile) => line(80).safeParse(name).data ?? null;

async function join(scope: SystemScope, userId: string, sub: string) {
  await addGoogleAccount(scope, userId, sub);
  const target = { type: "user", id: userId };
  await record(
    scope,
    { action: "account.linked", target, after: { provider: "google" } },
    { actorId: userId },
  );
}

/** Signs a known person in without any proof: the door that calls it exists in `local` only. @throws auth.unknown_person */
export async function signInAsDemo(email: string, visitor: Visitor, trace: Trace): Promise<StartedSession> {
  const started = await withSystem({ reason: "sign in a demo person", trace }, async (scope) => {
    const user = await userByEmail(scope, email);
    return user && startSession(scope, { userId: user.id, method: "dev", visitor });
  });
  if (started) return arrived(started, "dev", visitor);
  metrics().signIns.inc({ method: "dev", outcome: "refused" });
  throw unknownPerson();
}

/** Those people of the seed that exist, for the sign-in page in `local`. */
export async function demoPeople(trace: Trace) {
  const emails = DEMO_PEOPLE.map(({ email }) => email);
  const known = await withSystem({ reason: "list demo people", trace }, (scope) => usersOf(scope, emails));
  const names = new Map(known.map(({ email, name }) => [email, name]));
  return DEMO_PEOPLE.filter(({ email }) => names.has(email)).map((person) => ({
    ...person,
    name: names.get(person.email) ?? null,
  }));
}

function arrived(started: StartedSession, method: SignInMethod, { replaces }: Visitor): StartedSession {
  if (replaces) sessionWatch().markEnded(replaces);
  metrics().signIns.inc({ method, outcome: "signed_in" });
  return started;
}

async function refuse(scope: SystemScope, method: SignInMethod, error: SignInError, userId: string | null) {
  metrics().signIns.inc({ method, outcome: "refused" });
  // A made-up token is nobody's, and anybody could fill the log with them.
  if (error === "link_unknown") return;
  const target = userId ? { target: { type: "user", id: userId } } : {};
  await record(
    scope,
    { action: "sign_in.refused", ...target, after: { method, error } },
    { actorId: userId },
  );
}
