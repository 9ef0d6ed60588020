/** Contracts of API keys: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { Role } from "~/kernel/role-schema";
import { SCOPES } from "~/kernel/scopes";
import { line } from "~/kernel/text";

export const Scope = z.enum(SCOPES);

/** Why a key lets nobody in any more. */
export const KeyEnd = z.enum(["revoked", "rotated", "expired"]);
export type KeyEnd = z.infer<typeof KeyEnd>;

/** How long the old key of a rotation goes on beside the new one. */
export const Overlap = z.enum(["none", "hour", "day", "week"]);
export type Overlap = z.infer<typeof Overlap>;

const Scopes = z
  .array(Scope)
  .min(1, { error: "Choose at least one thing the key may do." })
  .transform((scopes) => [...new Set(scopes)]);

/** `expiresAt` null: never, by choice. */
export const CreateKeyInput = z.object({
  name: line(80),
  scopes: Scopes,
  expiresAt: z.date({ error: "Choose a date." }).nullable(),
});
export type CreateKeyInput = z.infer<typeof CreateKeyInput>;

export const KeyInput = z.object({ id: z.uuid() });
export const RotateKeyInput = z.object({ id: z.uuid(), overlap: Overlap });
export type RotateKeyInput = z.infer<typeof RotateKeyInput>;

/** A new key: the only time that `key` itself crosses a door. */
export const NewKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The whole key. It is not kept: whoever loses it makes another one. */
  key: z.string(),
  expiresAt: z.date().nullable(),
});
export type NewKey = z.infer<typeof NewKey>;

/** A program's session by an access token. Instants are UTC. */
export const KeySession = z.object({
  id: z.uuid(),
  startedAt: z.date(),
  lastUsedAt: z.date(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type KeySession = z.infer<typeof KeySession>;

/** A key as its organization sees it. Instants are UTC. */
export const Key = z.object({
  id: z.uuid(),
  name: z.string(),
  /** `tnt_live_` and the public prefix. */
  start: z.string(),
  lastFour: z.string(),
  scopes: z.array(Scope),
  createdAt: z.date(),
  createdBy: z.object({
    userId: z.uuid(),
    name: z.string(),
    /** The member's role today, which bounds the key; null when they have left, and the key with them. */
    role: Role.nullable(),
    isYou: z.boolean(),
  }),
  expiresAt: z.date().nullable(),
  /** To the half minute; null for never. */
  lastUsedAt: z.date().nullable(),
  lastUsedAddress: z.string().nullable(),
  /** The id of the key that took over. */
  replacedById: z.uuid().nullable(),
  ended: z.object({ at: z.date(), reason: KeyEnd }).nullable(),
  /** Living sessions by access tokens of this key. */
  sessions: z.array(KeySession),
});
export type Key = z.infer<typeof Key>;

/** `living` newest first; `ended` those of the last 90 days. */
export const Keys = z.object({
  living: z.array(Key),
  ended: z.array(Key),
  most: z.int(),
});
export type Keys = z.infer<typeof Keys>;

/** The answer of the token endpoint, in the names of RFC 6749. */
export const IssuedTokens = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  /** Seconds. */
  expires_in: z.int().positive(),
  refresh_token: z.string(),
  scope: z.string(),
});
export type IssuedTokens = z.infer<typeof IssuedTokens>;
