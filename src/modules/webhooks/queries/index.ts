/** SQL of webhooks inside one organization. */
import type { ScopedDatabase } from "~/server/db/client";
import type { TenantScope } from "~/server/db/with-tenant";

/** Two at once decide one after the other: how many endpoints there are, which secret is the own one. */
export const lockEndpoints = ({ db, actor }: TenantScope) =>
  db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`webhooks:${actor.orgId}`}, 0))::text`;

/** The signing secrets that are good at `now`, newest first. */
export const liveSecrets = (db: ScopedDatabase, at: { orgId: string; endpointId: string; now: Date }) =>
  db.webhookSecret.findMany({
    where: {
      orgId: at.orgId,
      endpointId: at.endpointId,
      OR: [{ expiresAt: null }, { expiresAt: { gt: at.now } }],
    },
    orderBy: { id: "desc" },
    select: { id: true, sealed: true, expiresAt: true },
  });
