/** What somebody inside an organization may, beyond what their door has asked already. */
import type { OrgActor } from "./actor";
import { forbidden, scopeMissing } from "./errors";
import { allows, type Permission } from "./roles";
import { scopeFor, scopesAllow } from "./scopes";

const hasScope = ({ key }: OrgActor, permission: Permission): boolean =>
  key === undefined || scopesAllow(key.scopes, permission);

/** By their role, and by the scopes of the key they act through: both. A job may what its member was let do before. */
export const may = (actor: OrgActor, permission: Permission): boolean =>
  (actor.role === "job" || allows(actor.role, permission)) && hasScope(actor, permission);

/** @throws kernel.scope_missing when the key's scopes lack it, kernel.forbidden when the role does. */
export function requireMay(actor: OrgActor, permission: Permission): void {
  if (may(actor, permission)) return;
  throw hasScope(actor, permission) ? forbidden(permission) : scopeMissing(permission, scopeFor(permission));
}
