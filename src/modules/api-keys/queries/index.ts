/** Named SQL of keys: reads and locks of one organization, and the one question that is asked before it is known. */
import type { ScopedDatabase } from "~/server/db/with-tenant";
import type { NobodyScope } from "~/server/db/with-nobody";

export type InOrg = { db: ScopedDatabase; orgId: string };

/** Lets one change of keys at a time into an organization, until the transaction ends, so that their number stays bounded. */
export const lockKeys = ({ db, orgId }: InOrg) =>
  db.$queryRaw`SELECT id FROM organization WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;

export const countLivingKeys = ({ db, orgId }: InOrg, now: Date): Promise<number> =>
  db.apiKey.count({
    where: { orgId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });

/** Living keys, and those that ended since `since`; the newest first. */
export const keysSince = ({ db, orgId }: InOrg, since: Date) =>
  db.apiKey.findMany({
    where: {
      orgId,
      AND: [
        { OR: [{ revokedAt: null }, { revokedAt: { gt: since } }] },
        { OR: [{ expiresAt: null }, { expiresAt: { gt: since } }] },
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 500,
  });
export type KeyRow = Awaited<ReturnType<typeof keysSince>>[number];

/** A key of the organization, its row held until the transaction ends. */
export async function lockKey({ db, orgId }: InOrg, id: string): Promise<KeyRow | null> {
  await db.$queryRaw`SELECT id FROM api_key WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
  return db.apiKey.findUnique({ where: { orgId_id: { orgId, id } } });
}

/** Those of the given people who are members today. */
export const membersAmong = ({ db, orgId }: InOrg, userIds: string[]) =>
  db.membership.findMany({
    where: { orgId, userId: { in: userIds } },
    select: { userId: true, userName: true, userEmail: true, role: true },
  });

/** A key as its door knows it. */
export type KeyAtDoor = {
  id: string;
  orgId: string;
  orgSlug: string;
  userId: string;
  name: string;
  prefix: string;
  secretHash: string;
  scopes: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
};

/** The key of this prefix, whosever it is, in one round trip. */
export async function resolveKey({ db }: NobodyScope, prefix: string): Promise<KeyAtDoor | null> {
  const [key] = await db.$queryRaw<KeyAtDoor[]>`
    SELECT id::text, org_id::text AS "orgId", org_slug AS "orgSlug", user_id::text AS "userId", name,
           ${prefix}::text AS prefix, secret_hash AS "secretHash", scopes, expires_at AS "expiresAt", revoked_at AS "revokedAt"
    FROM app.resolve_api_key(${prefix})`;
  return key ?? null;
}
