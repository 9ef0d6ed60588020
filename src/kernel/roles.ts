/**
 * Roles of a member and what each may do: the one table (design decision 13). Doors name a permission, never a role.
 * Without zod, which every page would load: the shape that crosses doors is `Role` of `role-schema.ts`.
 */
export const ROLES = ["owner", "admin", "member", "readonly"] as const;
export type Role = (typeof ROLES)[number];

/** `noun.verb`. Reading is one permission per noun, so that a page and its procedures name the same one. */
const PERMISSIONS = {
  "organization.read": ["owner", "admin", "member", "readonly"],
  "organization.update": ["owner", "admin"],
  "organization.delete": ["owner"],
  "organization.transfer": ["owner"],
  /** Everything in it, as one file. */
  "organization.export": ["owner"],
  /** Its exports and its deletion, as they stand. */
  "organization.readData": ["owner"],
  "member.read": ["owner", "admin", "member", "readonly"],
  "member.invite": ["owner", "admin"],
  "member.update": ["owner", "admin"],
  "member.remove": ["owner", "admin"],
  "member.leave": ["owner", "admin", "member", "readonly"],
  "crm.read": ["owner", "admin", "member", "readonly"],
  "crm.write": ["owner", "admin", "member"],
  "import.create": ["owner", "admin", "member"],
  "import.read": ["owner", "admin", "member", "readonly"],
  "export.create": ["owner", "admin", "member"],
  "job.read": ["owner", "admin", "member", "readonly"],
  "job.write": ["owner", "admin", "member"],
  /** Jobs of colleagues: seen, cancelled and run again. */
  "job.readAll": ["owner", "admin"],
  "job.writeAll": ["owner", "admin"],
  /** One's own, in an organization. */
  "notification.read": ["owner", "admin", "member", "readonly"],
  /** Saved views: each has own ones; shared ones are seen by all. */
  "view.read": ["owner", "admin", "member", "readonly"],
  "view.share": ["owner", "admin", "member"],
  "usage.read": ["owner", "admin", "member", "readonly"],
  "billing.read": ["owner"],
  "billing.manage": ["owner"],
  "audit.read": ["owner", "admin"],
  /** Why a feature is on or off. */
  "feature.read": ["owner", "admin"],
  /** Which rule allows or refuses a member an act. */
  "access.read": ["owner", "admin"],
  /** Endpoints and their log; to manage is to change them and to see their secrets. */
  "webhook.read": ["owner", "admin"],
  "webhook.manage": ["owner", "admin"],
  /** API keys: made, rotated and revoked. */
  "key.read": ["owner", "admin"],
  "key.manage": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

/** Permissions to look at something; with any other one something is changed, or leaves. */
export const isReading = (permission: Permission): boolean => /\.read(?:All|Data)?$/.test(permission);

export const allows = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);

/** Higher means more rights. A role may only be given or taken by somebody who ranks at least as high. */
const RANK: Record<Role, number> = { readonly: 0, member: 1, admin: 2, owner: 3 };
export const outranks = (role: Role, other: Role): boolean => RANK[role] > RANK[other];

/** What each role is for, in the words shown beside the choice. */
export const ROLE_WORDS: Record<Role, { label: string; help: string }> = {
  owner: { label: "Owner", help: "Everything, with billing, ownership and deletion." },
  admin: { label: "Admin", help: "Members, settings and all jobs." },
  member: { label: "Member", help: "Creates and edits records, runs own jobs." },
  readonly: { label: "Read-only", help: "Sees everything, changes nothing." },
};
