/** Asks for a sign-in link by mail: transaction, mail, and when the mail fails the link is taken back. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { DomainError } from "~/kernel/errors";
import { hashLinkToken, hashSecret, newSecret } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { withSystem } from "~/server/db/with-system";
import { countTry, type Limit } from "~/server/http/limiter";
import { limitKeyOf } from "~/server/http/trace";
import { metrics } from "~/server/observability/metrics";
import { mailSignInLink } from "../adapters/mail";
import { addSignInLink, dropSignInLink, forgetLinks } from "../queries/system";
import { describeBrowser, LINK_VALID_MINUTES, safeNext } from "../rules";
import type { RequestLinkInput } from "../schema";

export type LinkMail = {
  to: string;
  url: string;
  validMinutes: number;
  /** Where it was asked from, so that the reader recognises it. */
  from: { browser: string; system: string; address: string | null };
};
export type SendLink = (mail: LinkMail) => Promise<void>;

const WINDOW_SECONDS = 15 * 60;
const perAddress = (): Limit => ({
  name: "sign-in-link-address",
  points: env().SIGN_IN_LINKS_PER_ADDRESS,
  windowSeconds: WINDOW_SECONDS,
});
const perMail = (): Limit => ({
  name: "sign-in-link-mail",
  points: env().SIGN_IN_LINKS_PER_MAIL,
  windowSeconds: WINDOW_SECONDS,
});

/**
 * Mails a link that is good for one sign-in within 15 minutes. Does the same, and takes as long, for an address nobody
 * has: the person is made when the link is opened.
 * @throws kernel.too_many_requests (10 per client address, 5 per mail address in 15 minutes, by default),
 * mail.unavailable
 */
export async function requestLink(
  { email, next }: RequestLinkInput,
  asker: { trace: Trace; userAgent: string | null },
  send: SendLink = mailSignInLink,
): Promise<{ sent: true; validMinutes: number }> {
  const { trace, userAgent } = asker;
  await counted(perAddress(), limitKeyOf(trace.address));
  // By its digest: the limiter's table is no place for mail addresses.
  await counted(perMail(), hashSecret(email).slice(0, 32));

  const token = newSecret();
  const tokenHash = hashLinkToken(token);
  const now = clock.now().getTime();
  await withSystem({ reason: "make a sign-in link", trace }, async (scope) => {
    await forgetLinks(scope, new Date(now - 24 * 60 * 60 * 1_000));
    await addSignInLink(scope, { tokenHash, email, expiresAt: new Date(now + LINK_VALID_MINUTES * 60_000) });
  });
  const params = new URLSearchParams({ email, token, next: safeNext(next) });
  try {
    await send({
      to: email,
      url: `${env().APP_URL}/login/link?${params}`,
      validMinutes: LINK_VALID_MINUTES,
      from: { ...describeBrowser(userAgent), address: trace.address },
    });
  } catch (error) {
    await withSystem({ reason: "take an unsent link back", trace }, (scope) =>
      dropSignInLink(scope, tokenHash),
    );
    throw error;
  }
  return { sent: true, validMinutes: LINK_VALID_MINUTES };
}

async function counted(limit: Limit, key: string): Promise<void> {
  try {
    await countTry(limit, key);
  } catch (error) {
    if (error instanceof DomainError) metrics().signIns.inc({ method: "email", outcome: "limited" });
    throw error;
  }
}
