/** Auth contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { Email, line } from "~/kernel/text";

export const SignInMethod = z.enum(["email", "google", "dev"]);
export type SignInMethod = z.infer<typeof SignInMethod>;

/** Why a session is over. `expired` is not written anywhere: it follows from `expiresAt`. */
export const EndReason = z.enum([
  "signed_out",
  "ended_by_user",
  "refresh_reused",
  "account_deleted",
  "expired",
]);
export type EndReason = z.infer<typeof EndReason>;

/** Why a sign-in did not happen; each has a page (`/login/error?error=…`) that says what to do. */
export const SignInError = z.enum([
  "link_expired",
  "link_used",
  "link_unknown",
  "mail_down",
  "google_cancelled",
  "google_down",
  "google_unverified",
  "google_not_joined",
  "google_taken",
  "session_ended",
  "refresh_reused",
  "unknown",
]);
export type SignInError = z.infer<typeof SignInError>;

export const RequestLinkInput = z.object({
  email: Email,
  /** Path to go to afterwards; anything but a path of ours is replaced by the default. */
  next: z.string().max(2_000).nullish(),
});
export type RequestLinkInput = z.infer<typeof RequestLinkInput>;

/** The same answer for every address, known or not. */
export const LinkRequested = z.object({ sent: z.literal(true), validMinutes: z.int() });

/** What a mailed link carries and its page's button sends. */
export const OpenLinkInput = z.object({
  email: Email,
  token: z.string().regex(/^[\w-]{40,100}$/),
  next: z.string().max(2_000).optional(),
});

export const DevLoginInput = z.object({ email: Email });

export const Me = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  isPlatformAdmin: z.boolean(),
  isGoogleConnected: z.boolean(),
  sessionId: z.uuid(),
});
export type Me = z.infer<typeof Me>;

export const UpdateProfileInput = z.object({ name: line(80) });
export type UpdateProfileInput = z.infer<typeof UpdateProfileInput>;

/** One sign-in on one browser. Instants are UTC. */
export const Device = z.object({
  id: z.uuid(),
  isThisOne: z.boolean(),
  method: SignInMethod,
  browser: z.string(),
  system: z.string(),
  kind: z.enum(["computer", "phone", "tablet"]),
  address: z.string().nullable(),
  signedInAt: z.date(),
  /** Of the last request, to the minute. */
  lastActiveAt: z.date(),
  /** Null while it can still be used. */
  ended: z.object({ at: z.date(), reason: EndReason }).nullable(),
});
export type Device = z.infer<typeof Device>;
/** `living` newest first by use; `ended` those of the last 30 days. */
export const Devices = z.object({ living: z.array(Device), ended: z.array(Device) });
export type Devices = z.infer<typeof Devices>;

export const EndDeviceInput = z.object({ id: z.uuid() });
export const DevicesEnded = z.object({ count: z.int().nonnegative() });
