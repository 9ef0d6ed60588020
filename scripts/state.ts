import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Environment } from "./environment";

/** The folder that holds everything a local run keeps; thrown away by `npm run reset`. */
export function homeFolder(env: Environment = process.env): string {
  return path.resolve(env.TENANTRY_HOME || ".tenantry");
}

/** Made once per state folder; nothing here ever leaves the machine. */
export interface Secrets {
  nextAuthSecret: string;
  /** A JSON array of private ES256 JWKs, newest first. */
  jwtSigningKeys: string;
  /** Even-length hex, as the Inngest server demands. */
  inngestSigningKey: string;
  inngestEventKey: string;
  googleClientSecret: string;
  /** Of the local Stripe, in the shapes of Stripe's own. */
  stripe: { secretKey: string; publishableKey: string; webhookSecret: string };
  passwords: { superuser: string; owner: string; app: string; system: string; inngest: string };
}

export function newSecrets(): Secrets {
  const word = () => randomBytes(18).toString("hex");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "ES256", use: "sig" };
  return {
    nextAuthSecret: randomBytes(32).toString("base64url"),
    jwtSigningKeys: JSON.stringify([key]),
    inngestSigningKey: randomBytes(32).toString("hex"),
    inngestEventKey: word(),
    googleClientSecret: word(),
    stripe: {
      secretKey: `sk_test_${word()}`,
      publishableKey: `pk_test_${word()}`,
      webhookSecret: `whsec_${word()}`,
    },
    passwords: { superuser: word(), owner: word(), app: word(), system: word(), inngest: word() },
  };
}

export function secretsOf(home: string): Secrets {
  const file = path.join(home, "secrets.json");
  const kept = readJson<Partial<Secrets>>(file);
  const made = { ...newSecrets(), ...kept };
  // A folder of an earlier version lacks what came since.
  if (kept && Object.keys(kept).length === Object.keys(made).length) return made;
  writePrivate(file, made);
  return made;
}

/** Where everything is reached, for people, tests and tools. Secrets stand in some URLs, so only the owner reads it. */
export interface Reached {
  app: string;
  postgres?: { owner: string; app: string; system: string; superuser: string };
  inngest?: string;
  mail?: string;
  smtp?: string;
  s3?: string;
  google?: string;
  stripe?: string;
  keys?: { inngestEvent: string; inngestSigning: string };
}

export function writeReached(home: string, reached: Reached): void {
  writePrivate(path.join(home, "services.json"), reached);
}

export function readReached(home: string): Reached | undefined {
  return readJson<Reached>(path.join(home, "services.json"));
}

/** The running processes, so that a later start finds what a killed one left. `mark` is part of the command line. */
export interface Run {
  supervisor: number;
  children: Record<string, { pid: number; mark: string }>;
}

export function writeRun(home: string, run: Run): void {
  writePrivate(path.join(home, "run.json"), run);
}

export function readRun(home: string): Run | undefined {
  return readJson<Run>(path.join(home, "run.json"));
}

export function removeRun(home: string): void {
  fs.rmSync(path.join(home, "run.json"), { force: true });
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as T;
  } catch {
    // Absent, or cut off by a kill: it is written anew.
    return undefined;
  }
}

function writePrivate(file: string, content: unknown): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}.new`;
  fs.writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(next, file);
}
