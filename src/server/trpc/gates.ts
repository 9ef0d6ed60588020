/**
 * What a door asks before it opens. The platform knows no module, so this is a port; `wiring/gates.ts` binds it, and
 * pages use the same one. Features join it with their slice; a plan and its limits are asked where the work is done.
 */
import type { OrgActor, Trace, UserActor } from "~/kernel/actor";
import type { Permission, Role } from "~/kernel/roles";

/** The organization a request is for, as far as its doors need it. */
export type OrgAtDoor = {
  orgId: string;
  /** Today's slug; differs from the asked one when that was an old name. */
  slug: string;
  name: string;
  role: Role;
  status: string;
  timeZone: string;
  defaultCurrency: string;
  logoKey: string | null;
};

export type Gates = {
  /** Who holds this token, or null. A revoked session is nobody, on every instance within a second. */
  session(token: string | null, trace: Trace): Promise<UserActor | null>;
  /** The organization of this slug, when the user is a member of it; else null, as if it did not exist. */
  membership(actor: UserActor, slug: string): Promise<OrgAtDoor | null>;
  /** Whether the person is staff of whoever runs the platform. Asked of the database each time. */
  isPlatformAdmin(actor: UserActor): Promise<boolean>;
  /** @throws kernel.forbidden when the role lacks the permission, tenancy.org_suspended when the org is. */
  permission(org: OrgAtDoor, actor: UserActor, permission: Permission): OrgActor;
  /** Notes a call of an API client: one that brings its token in the Authorization header. Waits for nothing. */
  called(orgId: string): void;
};
