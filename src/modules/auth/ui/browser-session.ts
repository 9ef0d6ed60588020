/** The browser's end of `/api/session`. The session cookie itself is out of a script's reach; its expiry is not. */
const DOOR = "/api/session";
const UNTIL_COOKIE = "tenantry.until";

/** When the session token expires, in milliseconds since 1970; null when nobody is signed in. */
export function sessionUntilMs(): number | null {
  const value = new RegExp(`(?:^|; )${UNTIL_COOKIE.replace(".", "\\.")}=(\\d+)`).exec(document.cookie)?.[1];
  return value ? Number(value) * 1_000 : null;
}

/** `over`: it cannot be renewed. `reused`: it was ended for safety. `unreachable`: nobody knows yet. */
export type Renewal = "renewed" | "over" | "reused" | "unreachable";

/** Renews the session. Tabs go one after the other, and those that waited see that it is done. */
export async function renewSession(): Promise<Renewal> {
  const before = sessionUntilMs();
  const renew = async (): Promise<Renewal> => {
    const now = sessionUntilMs();
    if (now !== null && before !== null && now > before) return "renewed";
    return askToRenew();
  };
  return navigator.locks ? navigator.locks.request("tenantry-session", renew) : renew();
}

async function askToRenew(): Promise<Renewal> {
  try {
    const response = await fetch(DOOR, { method: "POST" });
    if (response.ok) return "renewed";
    if (response.status !== 401) return "unreachable";
    const problem = (await response.json()) as { code?: string } | null;
    return problem?.code === "auth.refresh_reused" ? "reused" : "over";
  } catch {
    return "unreachable";
  }
}

/** Ends this browser's session. @returns false when the server did not answer: the person is still signed in. */
export async function endSession(): Promise<boolean> {
  return fetch(DOOR, { method: "DELETE" }).then(
    (response) => response.ok,
    () => false,
  );
}

/** Where a person goes whose session could not be renewed; back to `next` once they are signed in again. */
export const signInAgain = (renewal: Renewal, next: string): string =>
  renewal === "reused"
    ? "/login/error?error=refresh_reused"
    : `/login?notice=session_ended&next=${encodeURIComponent(next)}`;
