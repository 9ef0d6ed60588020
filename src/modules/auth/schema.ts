/** Auth contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { Email, line } from "~/kernel/text";

export const SignInMethod = z.enum(["email", "google", "dev", "key", "staff"]);
export type SignInMethod = z.infer<typeof SignInMethod>;

/** Why a session is over. `expired` is not written anywhere: it follows from `expiresAt`. */
export const EndReason = z.enum([
  "signed_out",
  "ended_by_user",
  "ended_by_staff",
  "refresh_reused",
  "account_deleted",
  "key_ended",
  "replaced",
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
  /** Name of the API key of a program's session; null for a browser. */
  client: z.string().nullable(),
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

export const StepUpBy = z.enum(["link", "passkey"]);
export type StepUpBy = z.infer<typeof StepUpBy>;

/** Whether the person confirmed of late, in this session, that it is them. */
export const StepUpState = z.object({
  /** Until when that counts; null when it does not. UTC. */
  until: z.date().nullable(),
  email: z.string(),
  hasPasskey: z.boolean(),
  /** Whether passkeys can work at this address at all: they need a name, not a number, for a host. */
  arePasskeysOffered: z.boolean(),
});
export type StepUpState = z.infer<typeof StepUpState>;

export const RequestStepUpInput = z.object({ next: z.string().max(2_000).nullish() });
export type RequestStepUpInput = z.infer<typeof RequestStepUpInput>;

const SecretToken = z.string().regex(/^[\w-]{40,100}$/);
/** What the mailed link carries and its page's button sends. */
export const OpenStepUpInput = z.object({ token: SecretToken, next: z.string().max(2_000).optional() });

/** Why a mailed confirmation did not count; each has its words on the link's page. */
export const StepUpError = z.enum([
  "link_expired",
  "link_used",
  "link_unknown",
  "other_session",
  "signed_out",
]);
export type StepUpError = z.infer<typeof StepUpError>;

export const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  isSynced: z.boolean(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
});
export type Passkey = z.infer<typeof Passkey>;
export const Passkeys = z.array(Passkey);
export const RemovePasskeyInput = z.object({ id: z.uuid() });

// What browser and server exchange for passkeys, in the JSON forms of WebAuthn level 3.
const Base64Url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(20_000);
const Known = z.object({
  id: z.string(),
  type: z.literal("public-key"),
  transports: z.array(z.string()).optional(),
});
export const AddPasskeyOptions = z.object({
  rp: z.object({ id: z.string().optional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal("public-key") })),
  timeout: z.int().optional(),
  attestation: z.literal("none").optional(),
  excludeCredentials: z.array(Known).optional(),
  authenticatorSelection: z
    .object({
      residentKey: z.enum(["discouraged", "preferred", "required"]).optional(),
      requireResidentKey: z.boolean().optional(),
      userVerification: z.enum(["discouraged", "preferred", "required"]).optional(),
    })
    .optional(),
});
export type AddPasskeyOptions = z.infer<typeof AddPasskeyOptions>;
export const ConfirmOptions = z.object({
  challenge: z.string(),
  timeout: z.int().optional(),
  rpId: z.string().optional(),
  allowCredentials: z.array(Known).optional(),
  userVerification: z.enum(["discouraged", "preferred", "required"]).optional(),
});
export type ConfirmOptions = z.infer<typeof ConfirmOptions>;

const answered = {
  id: Base64Url.max(2_000),
  rawId: Base64Url.max(2_000),
  type: z.literal("public-key"),
  /** What extensions answered: nothing is asked of them, so nothing is read. */
  clientExtensionResults: z.object({}),
};
export const AddPasskeyInput = z.object({
  name: line(60),
  answer: z.object({
    ...answered,
    response: z.object({
      clientDataJSON: Base64Url,
      attestationObject: Base64Url,
      transports: z.array(z.string().max(20)).max(8).optional(),
    }),
  }),
});
export type AddPasskeyInput = z.infer<typeof AddPasskeyInput>;
export const ConfirmByPasskeyInput = z.object({
  answer: z.object({
    ...answered,
    response: z.object({
      clientDataJSON: Base64Url,
      authenticatorData: Base64Url,
      signature: Base64Url,
    }),
  }),
});
export type ConfirmByPasskeyInput = z.infer<typeof ConfirmByPasskeyInput>;
