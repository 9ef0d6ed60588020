/**
 * What organizations are on, kept in process for 30 s and forgotten at once when Postgres tells of a change; while the
 * listener may have missed something, the database is asked (design decision 5). The table of plans changes by migrations
 * only, so it is read once.
 */
import { databaseListener, type Notification } from "~/server/db/listener";
import type { ScopedDatabase } from "~/server/db/with-tenant";
import { readPlanLimits, readStanding, type InOrg } from "../queries";
import type { PlanLimits, Standing } from "../rules";

const KEPT_MS = 30_000;
/** Beyond this the oldest answers go; one is about 300 bytes. */
const MOST_KEPT = 20_000;

class Standings {
  readonly #kept = new Map<string, { standing: Standing; until: number }>();
  /** Moves with each forgetting: an answer asked before it may be old and is not kept. */
  #generation = 0;
  limits: Promise<PlanLimits> | undefined;

  constructor() {
    databaseListener().subscribe((notification) => this.#hear(notification));
  }

  async of(at: InOrg): Promise<Standing | null> {
    const known = databaseListener().isFresh() ? this.#kept.get(at.orgId) : undefined;
    if (known && known.until > Date.now()) return known.standing;
    const generation = this.#generation;
    const standing = await readStanding(at);
    if (standing && generation === this.#generation) this.#keep(at.orgId, standing);
    return standing;
  }

  #keep(orgId: string, standing: Standing) {
    this.#kept.delete(orgId);
    this.#kept.set(orgId, { standing, until: Date.now() + KEPT_MS });
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  #hear(notification: Notification) {
    if (notification.kind !== "entitlement" && notification.kind !== "reset") return;
    this.#generation++;
    if (notification.kind === "reset" || !notification.orgId) this.#kept.clear();
    else this.#kept.delete(notification.orgId);
  }
}

const held = globalThis as typeof globalThis & { __tenantryStandings?: Standings };
const standings = () => (held.__tenantryStandings ??= new Standings());

/** What the organization is on, or null when there is none. */
export const standingOf = (at: InOrg): Promise<Standing | null> => standings().of(at);

/** What each plan allows. */
export function planLimits(db: ScopedDatabase): Promise<PlanLimits> {
  const kept = standings();
  kept.limits ??= readPlanLimits(db).catch((error: unknown) => {
    kept.limits = undefined;
    throw error;
  });
  return kept.limits;
}
