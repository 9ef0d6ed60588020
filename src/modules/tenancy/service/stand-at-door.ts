/**
 * Who stands at an organization's door. Answers are kept in process per (user, slug) for 30 s and forgotten at once when
 * Postgres tells of a change; while the listener may have missed something, the database is asked (design decision 5).
 */
import { personBehind, type Caller, type OrgActor } from "~/kernel/actor";
import { forbidden, notForStaff, notFound, scopeMissing } from "~/kernel/errors";
import { allows, type Permission } from "~/kernel/roles";
import { scopeFor, scopesAllow } from "~/kernel/scopes";
import { staffMay } from "~/kernel/staff";
import { Slug } from "~/kernel/text";
import { databaseListener, type Notification } from "~/server/db/listener";
import { readUser } from "~/server/db/with-user";
import type { OrgAtDoor } from "~/server/trpc/gates";
import { orgSuspended } from "../errors";
import { resolveOrg } from "../queries";
import { isStoppedBySuspension } from "../rules";

const KEPT_MS = 30_000;
/** Beyond this the oldest answers go; one is about 300 bytes. */
const MOST_KEPT = 20_000;

type Kept = { org: OrgAtDoor; until: number };

class DoorCache {
  readonly #kept = new Map<string, Kept>();
  /** Moves with each forgetting: an answer asked before it may be old and is not kept. */
  #generation = 0;

  constructor() {
    databaseListener().subscribe((notification) => this.#hear(notification));
  }

  get(key: string): OrgAtDoor | undefined {
    if (!databaseListener().isFresh()) return undefined;
    const kept = this.#kept.get(key);
    return kept && kept.until > Date.now() ? kept.org : undefined;
  }

  async fill(key: string, ask: () => Promise<OrgAtDoor | null>): Promise<OrgAtDoor | null> {
    const generation = this.#generation;
    const org = await ask();
    // What does not exist is not kept: anybody could fill the memory with guesses.
    if (org && generation === this.#generation) this.#keep(key, org);
    return org;
  }

  #keep(key: string, org: OrgAtDoor) {
    this.#kept.delete(key);
    this.#kept.set(key, { org, until: Date.now() + KEPT_MS });
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  #hear(notification: Notification) {
    const { kind } = notification;
    if (kind !== "membership" && kind !== "organization" && kind !== "reset") return;
    this.#generation++;
    if (kind === "reset" || !notification.orgId) return this.#kept.clear();
    for (const [key, { org }] of this.#kept) if (org.orgId === notification.orgId) this.#kept.delete(key);
  }
}

const held = globalThis as typeof globalThis & { __tenantryDoor?: DoorCache };
const cache = () => (held.__tenantryDoor ??= new DoorCache());

/**
 * The organization of this slug, or of this old slug, when the user (for a key: who made it) is a member; else null, as if
 * it did not exist.
 * A change of role or status is seen within a second on every instance.
 */
export async function orgAtDoor(actor: Caller, slug: string): Promise<OrgAtDoor | null> {
  const asked = Slug.safeParse(slug);
  if (!asked.success) return null;
  const key = `${actor.userId}|${asked.data}`;
  const known = cache().get(key);
  const org =
    known ??
    (await cache().fill(key, () => readUser(personBehind(actor), (scope) => resolveOrg(scope, asked.data))));
  // Staff opened one organization, not all that the member is in.
  const isElsewhere = actor.kind === "user" && actor.staff && actor.staff.orgId !== org?.orgId;
  return isElsewhere ? null : org;
}

/**
 * The person, or the program with a person's key, acting inside the organization: the one place where role and scopes are
 * held against a permission. A key needs both, a scope of its own and its maker's role of today.
 * @throws kernel.scope_missing when the key's scopes lack the permission, kernel.forbidden when the role does;
 * tenancy.org_suspended for anything but reading, exporting, leaving, handing over and paying there; kernel.not_found for a key of another organization.
 */
export function actAs(org: OrgAtDoor, actor: Caller, permission: Permission): OrgActor {
  if (actor.kind === "key") {
    if (actor.orgId !== org.orgId) throw notFound("organization");
    if (!scopesAllow(actor.key.scopes, permission)) throw scopeMissing(permission, scopeFor(permission));
  }
  if (!allows(org.role, permission)) throw forbidden(permission);
  const staff = actor.kind === "user" ? actor.staff : undefined;
  if (staff && !staffMay(permission)) throw notForStaff(permission);
  if (isStoppedBySuspension(org.status, permission)) throw orgSuspended();
  return {
    kind: "org",
    orgId: org.orgId,
    userId: actor.userId,
    role: org.role,
    ...(actor.kind === "key" && { key: actor.key }),
    ...(staff && { staff: { userId: staff.userId, isReadOnly: staff.isReadOnly } }),
    trace: actor.trace,
  };
}
