/** The address a link was asked for, kept for this tab so that it stands in no URL, log or history. */
import { useSyncExternalStore } from "react";

const KEY = "tenantry.asked";
type Asked = { email: string; next: string };

export function rememberAsked(asked: Asked): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(asked));
  } catch {
    // Without storage the next page speaks of "your mail".
  }
}

const never = () => () => {};
const read = () => {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
};

/** Undefined while the server's page wakes up, null when nothing was asked in this tab. */
export function useAsked(): Asked | null | undefined {
  const text = useSyncExternalStore<string | null | undefined>(never, read, () => undefined);
  if (text === undefined) return undefined;
  try {
    return text === null ? null : (JSON.parse(text) as Asked);
  } catch {
    return null;
  }
}
