/** A device that holds passkeys, for tests: it makes and uses P-256 keys as WebAuthn level 3 says, without a browser. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

type Given = { origin?: string; rpId?: string; isVerified?: boolean; counter?: number };

const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest();
const url64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");

export class Authenticator {
  readonly id = randomBytes(16);
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };
  /** What the device says of how often it was used. */
  counter = 0;

  constructor(readonly home: { origin: string; rpId: string }) {
    this.#keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  #client(type: string, challenge: string, { origin = this.home.origin }: Given) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #data({ rpId = this.home.rpId, isVerified = true, counter = this.counter }: Given, attested?: Buffer) {
    const flags = 1 | (isVerified ? 4 : 0) | (attested ? 64 : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), head, attested ?? Buffer.alloc(0)]);
  }

  /** Makes its key known. */
  make({ challenge }: { challenge: string }, given: Given = {}) {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const cose = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x!, "base64url"))],
        [-3, new Uint8Array(Buffer.from(y!, "base64url"))],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, cose]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(this.#data(given, attested))],
      ]) as Parameters<typeof isoCBOR.encode>[0],
    );
    return this.#answer({
      clientDataJSON: url64(this.#client("webauthn.create", challenge, given)),
      attestationObject: url64(attestation),
    });
  }

  /** Signs a challenge. */
  use({ challenge }: { challenge: string }, given: Given = {}) {
    this.counter = given.counter ?? this.counter + 1;
    const client = this.#client("webauthn.get", challenge, given);
    const data = this.#data(given);
    const signature = sign("sha256", Buffer.concat([data, sha256(client)]), this.#keys.privateKey);
    return this.#answer({
      clientDataJSON: url64(client),
      authenticatorData: url64(data),
      signature: url64(signature),
    });
  }

  #answer<Response>(response: Response) {
    const id = url64(this.id);
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {}, response };
  }
}
