/**
 * Secrets that must be read again (signing secrets of webhooks, tokens of other parties): encrypted at rest, as JWE
 * (A256GCM) whose protected header names the key and what the secret is for, so that one can't be put in another's place.
 */
import { hkdfSync } from "node:crypto";
import { base64url, compactDecrypt, CompactEncrypt } from "jose";
import { env } from "~/server/config/env";

/** What a secret is for and whose it is: `webhook:{org_id}:{endpoint_id}`. Not secret; sealed with it. */
export type Purpose = string;

type SealingKey = { kid: string; key: Uint8Array };

/** Always the last one: what was sealed before `ENCRYPTION_KEYS` was set still opens. */
const derivedKey = (): SealingKey => ({
  kid: "derived",
  key: new Uint8Array(hkdfSync("sha256", env().NEXTAUTH_SECRET, "", "tenantry sealing", 32)),
});

/** The first one seals, all of them open. */
const keys = (): SealingKey[] => [
  ...(env().ENCRYPTION_KEYS ?? []).map(({ kid, k }) => ({ kid, key: base64url.decode(k) })),
  derivedKey(),
];

export async function sealSecret(secret: string, purpose: Purpose): Promise<string> {
  const { kid, key } = keys()[0]!;
  return new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid, purpose })
    .encrypt(key);
}

/** @throws Error when it was sealed for something else, was changed, or its key is not among ours any more. */
export async function openSealed(sealed: string, purpose: Purpose): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(
    sealed,
    ({ kid }) => {
      const found = keys().find((one) => one.kid === kid);
      if (!found) throw new Error(`sealed with a key that is not here: ${kid}`);
      return found.key;
    },
    { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] },
  );
  if (protectedHeader.purpose !== purpose) throw new Error("sealed for something else");
  return new TextDecoder().decode(plaintext);
}
