/**
 * What staff may do in an organization that they opened as a member (ADR 0027): never money, ownership, deletion, members, keys,
 * exports or the secrets of webhooks, whatever the member's role. Without zod, as `roles.ts`.
 */
import { isReading, type Permission } from "./roles";

const REFUSED = {
  "organization.delete": "ends everything",
  "organization.transfer": "gives the organization away",
  "organization.export": "takes everything out",
  "organization.readData": "leads to its exports",
  "member.invite": "whoever comes in has rights of their own",
  "member.update": "roles: ownership is one",
  "member.remove": "could lock everybody else out",
  "member.leave": "a person's own membership",
  "billing.read": "payment is the organization's business",
  "billing.manage": "spends money",
  "export.create": "takes data out of the product",
  "key.read": "keys outlive the visit",
  "key.manage": "keys outlive the visit",
  "webhook.read": "deliveries hold what was sent, and lead to secrets",
  "webhook.manage": "shows secrets, and sends data elsewhere",
} as const satisfies Partial<Record<Permission, string>>;

/** Staff may, as the member's role does. A new permission stands here or above, or this does not compile. */
const ALLOWED: Record<Exclude<Permission, keyof typeof REFUSED>, true> = {
  "organization.read": true,
  "organization.update": true,
  "member.read": true,
  "crm.read": true,
  "crm.write": true,
  "import.create": true,
  "import.read": true,
  "job.read": true,
  "job.write": true,
  "job.readAll": true,
  "job.writeAll": true,
  "notification.read": true,
  "view.read": true,
  "view.share": true,
  "usage.read": true,
  "audit.read": true,
  "feature.read": true,
  "access.read": true,
};

export const NOT_FOR_STAFF: Partial<Record<Permission, string>> = REFUSED;
export const staffMay = (permission: Permission): boolean => permission in ALLOWED;

/** Whether what staff opened, or with null a member's own session, leaves a permission of the role as it is. */
export const isOpenTo = (
  staff: { isReadOnly: boolean } | null | undefined,
  permission: Permission,
): boolean => !staff || (staffMay(permission) && (isReading(permission) || !staff.isReadOnly));
