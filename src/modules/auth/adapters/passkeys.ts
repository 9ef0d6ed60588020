/**
 * WebAuthn, by `@simplewebauthn/server`. Loaded when the first passkey is used: most requests never are about one.
 * Origin and relying party come from our public address; the device must verify its user (a finger, a face, a PIN).
 */
import { passkeyHost } from "../rules";
import type { AddPasskeyInput, AddPasskeyOptions, ConfirmByPasskeyInput, ConfirmOptions } from "../schema";

const library = () => import("@simplewebauthn/server");

type Known = { credentialId: string; transports: string[] };
type Held = Known & { publicKey: Uint8Array; counter: bigint };
type Made = Known & { publicKey: Uint8Array<ArrayBuffer>; counter: bigint; isSynced: boolean };

export type PasskeyParty = {
  offer(
    person: { id: string; email: string; name: string | null },
    known: Known[],
  ): Promise<AddPasskeyOptions>;
  /** @returns null, or throws, when the answer does not verify. */
  verifyNew(answer: AddPasskeyInput["answer"], challenge: string): Promise<Made | null>;
  ask(known: Known[]): Promise<ConfirmOptions>;
  /** Throws also when the device counts and its count did not go up: then there are two of it. */
  verifyUse(
    answer: ConfirmByPasskeyInput["answer"],
    challenge: string,
    passkey: Held,
  ): Promise<{ counter: bigint; isSynced: boolean } | null>;
};

const named = ({ credentialId, transports }: Known) => ({ id: credentialId, transports });

/** Our side of the exchange, or null where the public address has no name. */
export function passkeyParty(appUrl: string): PasskeyParty | null {
  const rpID = passkeyHost(appUrl);
  if (!rpID) return null;
  const expected = {
    expectedOrigin: new URL(appUrl).origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  };
  return {
    async offer({ id, email, name }, known) {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        rpName: "Tenantry",
        rpID,
        userID: new TextEncoder().encode(id),
        userName: email,
        userDisplayName: name ?? email,
        attestationType: "none",
        excludeCredentials: known.map(named),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      });
      return options as AddPasskeyOptions;
    },
    async verifyNew(answer, challenge) {
      const { verifyRegistrationResponse } = await library();
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: answer,
        expectedChallenge: challenge,
        ...expected,
      });
      if (!verified) return null;
      const { credential, credentialBackedUp } = registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: credential.publicKey,
        counter: BigInt(credential.counter),
        transports: answer.response.transports ?? [],
        isSynced: credentialBackedUp,
      };
    },
    async ask(known) {
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({
        rpID,
        allowCredentials: known.map(named),
        userVerification: "required",
      });
      return options as ConfirmOptions;
    },
    async verifyUse(answer, challenge, { credentialId, publicKey, counter, transports }) {
      const { verifyAuthenticationResponse } = await library();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: challenge,
        ...expected,
        credential: {
          id: credentialId,
          publicKey: Uint8Array.from(publicKey),
          counter: Number(counter),
          transports,
        },
      });
      if (!verified) return null;
      return {
        counter: BigInt(authenticationInfo.newCounter),
        isSynced: authenticationInfo.credentialBackedUp,
      };
    },
  };
}
