/**
 * What a door asks before it opens. The platform knows no module, so this is a port; `wiring/gates.ts` binds it, and
 * pages use the same one. A plan's limits are asked where the work is done.
 */
import type { Caller, OrgActor, Trace, UserActor } from "~/kernel/actor";
import type { Feature } from "~/kernel/features";
import type { DomainError } from "~/kernel/errors";
import type { RateState } from "~/server/http/rate-limits";
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
  /**
   * Who holds this token (of a session, or of an API client), or this API key; else null. A revoked one is nobody, on
   * every instance within a second.
   */
  session(token: string | null, trace: Trace): Promise<Caller | null>;
  /**
   * The organization of this slug, when the person (for a key: its maker) is a member of it; else null, as if it did not
   * exist.
   */
  membership(actor: Caller, slug: string): Promise<OrgAtDoor | null>;
  /** Whether the person is staff of whoever runs the platform. Asked of the database each time. */
  isPlatformAdmin(actor: UserActor): Promise<boolean>;
  /** @throws auth.step_up_required unless the person confirmed of late, in this session, that it is them. */
  steppedUp(actor: UserActor): Promise<void>;
  /**
   * @throws kernel.scope_missing when a key's scopes lack the permission, kernel.forbidden when the role does,
   * tenancy.org_suspended when the org is, kernel.not_found for a key of another organization.
   */
  permission(org: OrgAtDoor, actor: Caller, permission: Permission): OrgActor;
  /** @throws plan_required (HTTP 402) when the plan lacks the feature, features.not_enabled (403) when it is switched off. */
  feature(actor: OrgActor, feature: Feature): Promise<void>;
  /** Counts `calls` against what the caller (null: the address) may ask, by the plan of the organization. Fails never. */
  limit(
    caller: Caller | null,
    org: OrgAtDoor | null,
    trace: Trace,
    calls: number,
  ): Promise<{ state: RateState; refusal: DomainError | null }>;
  /** Whether pages of this origin ("https://shop.example.com") may call the API for the organization. */
  originAllowed(actor: OrgActor, origin: string): Promise<boolean>;
  /** Notes a call of an API client: one that brings its token in the Authorization header. Waits for nothing. */
  called(orgId: string): void;
};
