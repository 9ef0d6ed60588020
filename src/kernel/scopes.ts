/**
 * What a key may be allowed: scopes, each a bundle of permissions (spec §3). A key acts for the member who made it, so a
 * scope narrows and never widens: the permission must be in a scope of the key and in the member's role today.
 * Without zod, as `roles.ts`.
 */
import type { Permission } from "./roles";

type ScopeRow = {
  /** The noun that scopes are grouped by where they are chosen. */
  group: string;
  access: "read" | "write";
  help: string;
  permissions: readonly Permission[];
};

const TABLE = {
  "organization:read": {
    group: "Organization",
    access: "read",
    help: "Name, address, time zone and currency.",
    permissions: ["organization.read"],
  },
  "organization:write": {
    group: "Organization",
    access: "write",
    help: "Change the organization's settings.",
    permissions: ["organization.update"],
  },
  "members:read": {
    group: "Members",
    access: "read",
    help: "Who belongs to the organization, with names and mail addresses.",
    permissions: ["member.read"],
  },
  "crm:read": {
    group: "CRM",
    access: "read",
    help: "Companies, contacts, their timelines and imports.",
    permissions: ["crm.read", "import.read"],
  },
  "crm:write": {
    group: "CRM",
    access: "write",
    help: "Add, change, import and delete companies and contacts.",
    permissions: ["crm.write", "import.create"],
  },
  "exports:write": {
    group: "Exports",
    access: "write",
    help: "Start the export of a list.",
    permissions: ["export.create"],
  },
  "jobs:read": {
    group: "Jobs",
    access: "read",
    help: "Jobs and how they are getting on.",
    permissions: ["job.read", "job.readAll"],
  },
  "jobs:write": {
    group: "Jobs",
    access: "write",
    help: "Start, cancel and run jobs again.",
    permissions: ["job.write", "job.writeAll"],
  },
  "usage:read": {
    group: "Usage",
    access: "read",
    help: "What was used in a billing period.",
    permissions: ["usage.read"],
  },
  "audit:read": {
    group: "Audit log",
    access: "read",
    help: "Who did what, and from where.",
    permissions: ["audit.read"],
  },
  "webhooks:read": {
    group: "Webhooks",
    access: "read",
    help: "Endpoints and what was sent to them; the text itself only with the scope that reads what it is about.",
    permissions: ["webhook.read"],
  },
  "webhooks:write": {
    group: "Webhooks",
    access: "write",
    help: "Add, change, test and delete endpoints, for events of what the key's other scopes read.",
    permissions: ["webhook.manage"],
  },
  "features:read": {
    group: "Features",
    access: "read",
    help: "Which features are on, and which rule decided.",
    permissions: ["feature.read"],
  },
} as const satisfies Record<string, ScopeRow>;

export type Scope = keyof typeof TABLE;
export const SCOPES = Object.keys(TABLE) as [Scope, ...Scope[]];
export const SCOPE_TABLE: Record<Scope, ScopeRow> = TABLE;

type Reached = (typeof TABLE)[Scope]["permissions"][number];

/** No key reaches these, whatever its scopes. A new permission stands in a scope or here, or this does not compile. */
export const NOT_FOR_KEYS: Record<Exclude<Permission, Reached>, string> = {
  "organization.delete": "ends everything: a person's act, with the name typed",
  "organization.transfer": "gives the organization away",
  "organization.export": "everything there is, people included",
  "organization.readData": "who exported everything, and what is to be deleted",
  "member.invite": "whoever comes in could make keys of their own",
  "member.update": "roles: a key that gives roles is as mighty as its owner",
  "member.remove": "could lock everybody else out",
  "member.leave": "a person's own membership",
  "notification.read": "a person's own",
  "view.read": "a person's own lists",
  "view.share": "what people see in their lists",
  "billing.read": "payment is a person's business",
  "billing.manage": "spends money",
  "access.read": "says what each member may do",
  "key.read": "where keys are looked after, which no key does",
  "key.manage": "a leaked key could make itself a successor",
};

/** The scope that a permission is reached by; null when no key can. */
export const scopeFor = (permission: Permission): Scope | null =>
  SCOPES.find((scope) => SCOPE_TABLE[scope].permissions.includes(permission)) ?? null;

export const scopesAllow = (scopes: readonly Scope[], permission: Permission): boolean =>
  scopes.some((scope) => SCOPE_TABLE[scope].permissions.includes(permission));

/** Whether nothing can be changed with these: such a key's transactions are read-only in Postgres itself. */
export const onlyRead = (scopes: readonly Scope[]): boolean =>
  scopes.every((scope) => SCOPE_TABLE[scope].access === "read");

/** Those of the given words that are scopes today: a scope that was taken out of the table allows nothing. */
export const knownScopes = (words: readonly string[]): Scope[] =>
  SCOPES.filter((scope) => words.includes(scope));
