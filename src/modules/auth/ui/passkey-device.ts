/** The browser's side of passkeys; the library is loaded when a passkey is first asked for. */
import type { AddPasskeyInput, AddPasskeyOptions, ConfirmByPasskeyInput, ConfirmOptions } from "../schema";

/** The person closed the device's question, or had no passkey for it. */
export const PASSKEY_CANCELLED = "cancelled" as const;

const library = () => import("@simplewebauthn/browser");
const cancelled = (error: unknown) => {
  if (error instanceof Error && /NotAllowedError|AbortError/.test(error.name)) return PASSKEY_CANCELLED;
  throw error;
};

export async function askPasskey(
  options: ConfirmOptions,
): Promise<ConfirmByPasskeyInput["answer"] | typeof PASSKEY_CANCELLED> {
  const { startAuthentication } = await library();
  return startAuthentication({
    optionsJSON: options as Parameters<typeof startAuthentication>[0]["optionsJSON"],
  })
    .then((answer) => ({ ...answer, clientExtensionResults: {} }))
    .catch(cancelled) as Promise<ConfirmByPasskeyInput["answer"] | typeof PASSKEY_CANCELLED>;
}

/** @throws InvalidStateError when the device has one for this site already. */
export async function makePasskey(
  options: AddPasskeyOptions,
): Promise<AddPasskeyInput["answer"] | typeof PASSKEY_CANCELLED> {
  const { startRegistration } = await library();
  return startRegistration({ optionsJSON: options as Parameters<typeof startRegistration>[0]["optionsJSON"] })
    .then((answer) => ({ ...answer, clientExtensionResults: {} }))
    .catch(cancelled) as Promise<AddPasskeyInput["answer"] | typeof PASSKEY_CANCELLED>;
}
