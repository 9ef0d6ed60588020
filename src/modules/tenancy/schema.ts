/** Tenancy's contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { PageInput, pageOf } from "~/kernel/paging";
import { Role } from "~/kernel/role-schema";
import { Email, line, optionalText, Slug } from "~/kernel/text";
import { isReservedSlug } from "./rules";

export const OrgName = line(80);
export const OrgSlug = Slug.refine(
  (slug) => !isReservedSlug(slug),
  "This word is reserved. Choose another one.",
);

/** ISO 4217 codes that the runtime knows. */
export const Currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => CURRENCIES().includes(code), "Choose a currency from the list.");

/** IANA names that the runtime knows, and UTC. */
export const TimeZone = z
  .string()
  .trim()
  .refine((zone) => TIME_ZONES().includes(zone), "Choose a time zone from the list.");

export const CURRENCIES = (): string[] => Intl.supportedValuesOf("currency");
export const TIME_ZONES = (): string[] => [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];

export const OrgStatus = z.enum(["active", "suspended", "deletion_requested"]);
export type OrgStatus = z.infer<typeof OrgStatus>;

export const CreateOrganizationInput = z.object({ name: OrgName, slug: OrgSlug });
export type CreateOrganizationInput = z.infer<typeof CreateOrganizationInput>;
export const OrganizationAddress = z.object({ id: z.uuid(), slug: z.string() });

export const OrganizationSlug = z.object({ slug: z.string() });

export const SlugQuestion = z.object({ slug: Slug });
/** `reason`: why it is not free, as a sentence; null when it is. `suggestion`: a free one like it. */
export const SlugAnswer = z.object({
  slug: z.string(),
  isFree: z.boolean(),
  reason: z.string().nullable(),
  suggestion: z.string().nullable(),
});
export type SlugAnswer = z.infer<typeof SlugAnswer>;

/** One line of the organization switcher. */
export const MyOrganization = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  role: Role,
  status: OrgStatus,
  /** Signed, for an hour; null without a logo. */
  logoUrl: z.string().nullable(),
});
export type MyOrganization = z.infer<typeof MyOrganization>;

export const OrganizationDetail = MyOrganization.extend({
  defaultCurrency: z.string(),
  timeZone: z.string(),
  createdAt: z.date(),
  /** Null unless deletion is requested. `by`: name or mail of who asked, null when they left. */
  deletion: z.object({ requestedAt: z.date(), by: z.string().nullable() }).nullable(),
});
export type OrganizationDetail = z.infer<typeof OrganizationDetail>;

export const UpdateSettingsInput = z.object({
  name: OrgName,
  slug: Slug,
  defaultCurrency: Currency,
  timeZone: TimeZone,
});
export type UpdateSettingsInput = z.infer<typeof UpdateSettingsInput>;

/** The organization as programs see it. */
export const OrganizationRecord = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  status: OrgStatus,
  defaultCurrency: z.string(),
  timeZone: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type OrganizationRecord = z.infer<typeof OrganizationRecord>;
/** What is left out stays as it is; with `updatedAt`, only when that is the version still. */
export const UpdateOrganizationInput = UpdateSettingsInput.partial().extend({
  updatedAt: z.date().optional(),
});
export type UpdateOrganizationInput = z.infer<typeof UpdateOrganizationInput>;

export const MAX_API_ORIGINS = 20;
/** Scheme and host of a site, as browsers name it: https, or http on the caller's own machine. */
const ApiOrigin = z
  .string()
  .trim()
  .toLowerCase()
  .max(200, "At most 200 characters.")
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    const isOwnMachine = url?.hostname === "localhost" || url?.hostname === "127.0.0.1";
    return url?.origin === text && (url.protocol === "https:" || (url.protocol === "http:" && isOwnMachine));
  }, "Write an origin like https://shop.example.com, without a path.");
export const ApiOrigins = z.object({
  origins: z
    .array(ApiOrigin)
    .max(MAX_API_ORIGINS, `At most ${MAX_API_ORIGINS} origins.`)
    .transform((origins) => [...new Set(origins)]),
});
export type ApiOrigins = z.infer<typeof ApiOrigins>;

export const ListMembersInput = PageInput.extend({
  cursor: z.uuid().nullish(),
  /** Part of a name or mail address, whatever case. */
  search: optionalText(100).optional(),
  role: Role.optional(),
});
export type ListMembersInput = z.infer<typeof ListMembersInput>;

export const Member = z.object({
  userId: z.uuid(),
  name: z.string().nullable(),
  email: z.string(),
  role: Role,
  joinedAt: z.date(),
  /** When the member last opened this organization; null when never. */
  lastActiveAt: z.date().nullable(),
  isYou: z.boolean(),
});
export type Member = z.infer<typeof Member>;
/** `total` counts all that match, not only this page. */
export const MemberPage = pageOf(Member).extend({ total: z.int() });

export const ChangeRoleInput = z.object({ userId: z.uuid(), role: Role });
export type ChangeRoleInput = z.infer<typeof ChangeRoleInput>;
export const MemberInput = z.object({ userId: z.uuid() });
export type MemberInput = z.infer<typeof MemberInput>;

const Confirmation = z.string().trim().min(1, "Type the name of the organization.").max(200);
export const TransferOwnershipInput = z.object({
  userId: z.uuid("Choose a member."),
  confirmation: Confirmation,
});
export type TransferOwnershipInput = z.infer<typeof TransferOwnershipInput>;
/** An invitation never makes an owner: ownership is given inside. */
export const InvitableRole = z.enum(["admin", "member", "readonly"]);
export type InvitableRole = z.infer<typeof InvitableRole>;

export const MAX_INVITED_AT_ONCE = 20;
export const InviteInput = z.object({
  emails: z
    .array(Email)
    .min(1, "Write at least one mail address.")
    .max(MAX_INVITED_AT_ONCE, `At most ${MAX_INVITED_AT_ONCE} addresses at once.`),
  role: InvitableRole,
});
export type InviteInput = z.infer<typeof InviteInput>;

export const InvitationId = z.object({ id: z.uuid() });
export type InvitationId = z.infer<typeof InvitationId>;

/** An invitation nobody accepted or withdrew. */
export const PendingInvitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: InvitableRole,
  invitedBy: z.string().nullable(),
  sentAt: z.date(),
  expiresAt: z.date(),
  isExpired: z.boolean(),
  /** False when our mail server did not take the last mail: send it again. */
  isMailed: z.boolean(),
});
export type PendingInvitation = z.infer<typeof PendingInvitation>;
/** Newest first; `total` counts all, `items` holds at most 200. */
export const PendingInvitations = z.object({ items: z.array(PendingInvitation), total: z.int() });
export type PendingInvitations = z.infer<typeof PendingInvitations>;

/** What became of each mail. */
export const InviteReceipt = z.object({
  invitations: z.array(z.object({ id: z.uuid(), email: z.string(), isMailed: z.boolean() })),
});
export type InviteReceipt = z.infer<typeof InviteReceipt>;

export const InvitationToken = z.object({ token: z.string().max(100) });
export type InvitationToken = z.infer<typeof InvitationToken>;

/** What the holder of a mailed token may see before accepting. */
export const InvitationPreview = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("open"),
    organization: z.string(),
    role: InvitableRole,
    email: z.string(),
    invitedBy: z.string().nullable(),
    expiresAt: z.date(),
  }),
  z.object({ state: z.enum(["unknown", "expired", "revoked", "accepted"]) }),
]);
export type InvitationPreview = z.infer<typeof InvitationPreview>;

export const MAX_LOGO_BYTES = 2_000_000;
export const LOGO_CONTENT_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export const StartLogoInput = z.object({
  contentType: z.enum(LOGO_CONTENT_TYPES, "Choose a PNG, JPEG or WebP image."),
  sizeBytes: z
    .int()
    .min(1, "This file is empty. Choose another one.")
    .max(MAX_LOGO_BYTES, "This image is larger than 2 MB. Choose a smaller one."),
});
export type StartLogoInput = z.infer<typeof StartLogoInput>;
/** Where the browser puts the file, for 15 minutes. */
export const LogoUpload = z.object({
  uploadId: z.uuid(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});
export const FinishLogoInput = z.object({ uploadId: z.uuid() });
export type FinishLogoInput = z.infer<typeof FinishLogoInput>;
export const LogoReceipt = z.object({ logoUrl: z.string() });

/** What is there already, for the first steps on the home page. */
export const SetupProgress = z.object({
  memberCount: z.int(),
  openInvitationCount: z.int(),
  hasLogo: z.boolean(),
  /** Whether the member has said what they are called. */
  hasName: z.boolean(),
  /** The member has put the first steps away. */
  isHidden: z.boolean(),
});
export type SetupProgress = z.infer<typeof SetupProgress>;

/** What the settings offer, with words; in the server's own lists, which are what it accepts. */
export function settingsChoices() {
  const words = new Intl.DisplayNames("en", { type: "currency" });
  return {
    currencies: CURRENCIES().map((value) => ({ value, label: `${value} – ${words.of(value) ?? value}` })),
    timeZones: TIME_ZONES().map((value) => ({ value, label: value.replaceAll("_", " ") })),
  };
}
