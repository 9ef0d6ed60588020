/** Pure decisions of tenancy. Who may what by role stands in `kernel/roles`; here is what depends on whom it is done to. */
import { allows, isReading, type Permission, type Role } from "~/kernel/roles";
import { isOpenTo } from "~/kernel/staff";
import type { OrgStatus } from "./schema";

/** Never an organization's: words of our own addresses, of mail and of trust. */
const RESERVED_SLUGS = new Set(
  `about account accounts admin administrator api app apps assets auth billing blog cdn contact contacts
  companies crm dashboard default demo-login docs download email everyone examples files help home imports
  info internal invitation invitations invoice invoices jobs legal localhost login logout mail me members
  metrics new news null oauth official ops org organization organizations owner postmaster pricing privacy
  public register reports root sales search security session settings shop sign-in sign-out sign-up signin
  signup sitemap staff staging static status storefront store studio subscriptions support system team tenant
  tenantry terms test undefined upload uploads usage user users webhook webhooks welcome www`.split(/\s+/),
);
export const isReservedSlug = (slug: string): boolean => RESERVED_SLUGS.has(slug);

/**
 * A suspended organization is read, exported, left, handed over and paid for, nothing else (design decision 13): a suspension
 * stops the organization's work, not what is a person's right.
 */
export const isStoppedBySuspension = (status: string, permission: Permission): boolean =>
  status === ("suspended" satisfies OrgStatus) &&
  permission !== "member.leave" &&
  // Its only owner could else never leave, nor have their account deleted. To one who is a member already.
  permission !== "organization.transfer" &&
  // Paying may be what lifts it.
  permission !== "billing.manage" &&
  // Its data is its own, whatever else is stopped.
  permission !== "organization.export" &&
  !isReading(permission);

/** Who looks at an organization's pages: a member, or staff who opened it as one (ADR 0027). */
export type Visitor = { role: Role; status: string; staff: { isReadOnly: boolean } | null };

/** Whether a door would open to what is changed or read with a permission: the one question that pages ask, before they offer it. */
export const mayThere = ({ role, status, staff }: Visitor, permission: Permission): boolean =>
  allows(role, permission) && !isStoppedBySuspension(status, permission) && isOpenTo(staff, permission);

/** Whether a person's own rows in an organization (views, what was seen) change with what they press: never by staff's hand. */
export const mayKeepOwn = ({ staff }: Pick<Visitor, "staff">): boolean => staff === null;

/** Whether `actor` may change or remove a member of role `target`, or give that role. Only owners touch ownership. */
export const mayTouch = (actor: Role, target: Role): boolean =>
  actor === "owner" || (actor === "admin" && target !== "owner");

/** Whether an owner ceasing to be one would leave the organization without any. */
export const wouldLeaveNoOwner = (p: { role: Role; next: Role | null; ownerCount: number }): boolean =>
  p.role === "owner" && p.next !== "owner" && p.ownerCount <= 1;

const MAX_SLUG = 40;

/** An address made of a name: `Müller & Söhne` → `mueller-soehne`. Always valid and never reserved. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .replace(/[^a-z0-9]+/g, "-");
  const slug = trimHyphens(trimHyphens(plain).slice(0, MAX_SLUG));
  if (slug === "") return "my-organization";
  return slug.length < 3 || isReservedSlug(slug) ? `${slug}-org` : slug;
}

/** The `n`th variation of a slug, from 2: `acme-2`. Never longer than a slug may be. */
export function slugVariation(slug: string, n: number): string {
  const tail = `-${n}`;
  return `${trimHyphens(slug.slice(0, MAX_SLUG - tail.length))}${tail}`;
}

const trimHyphens = (text: string) => text.replace(/^-+|-+$/g, "");

const INVITATION_DAYS = 7;
export const invitationExpiry = (sentAt: Date): Date =>
  new Date(sentAt.getTime() + INVITATION_DAYS * 24 * 60 * 60 * 1000);

export type InvitationTimes = { expiresAt: Date; acceptedAt: Date | null; revokedAt: Date | null };

/** `expiresAt` is exclusive: at that instant it has expired. */
export function invitationState(
  invitation: InvitationTimes,
  now: Date,
): "open" | "expired" | "revoked" | "accepted" {
  if (invitation.acceptedAt) return "accepted";
  if (invitation.revokedAt) return "revoked";
  return invitation.expiresAt <= now ? "expired" : "open";
}

/** The type an image has by its first bytes, whatever it calls itself; null for everything that is not taken as a logo. */
export function sniffImage(bytes: Uint8Array): "png" | "jpeg" | "webp" | null {
  const startsWith = (signature: number[], at = 0) => signature.every((byte, i) => bytes[at + i] === byte);
  if (startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith([0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith([0x52, 0x49, 0x46, 0x46]) && startsWith([0x57, 0x45, 0x42, 0x50], 8)) return "webp";
  return null;
}
