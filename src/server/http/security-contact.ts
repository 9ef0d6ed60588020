/** Where to report a hole (RFC 9116). */

const DAY_MS = 86_400_000;

/**
 * The text of `/.well-known/security.txt`. It says of itself how long it holds, so it is written anew each time: for 180
 * days, since what is older than a year is not to be believed.
 */
export function securityText(
  { APP_URL, SECURITY_CONTACT }: { APP_URL: string; SECURITY_CONTACT?: string | undefined },
  now: Date,
): string {
  // The mailbox that RFC 2142 names for this, where nothing else was set.
  const contact = SECURITY_CONTACT ?? `mailto:security@${new URL(APP_URL).hostname}`;
  const expires = new Date(now.getTime() + 180 * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");
  return [
    `Contact: ${contact}`,
    `Expires: ${expires}`,
    "Preferred-Languages: en",
    `Canonical: ${APP_URL}/.well-known/security.txt`,
    "",
  ].join("\n");
}
