/** SQL of keys across organizations: when each was last used, noted in batches. */
import type { SystemScope } from "~/server/db/with-system";

export type Use = { keyId: string; at: Date; address: string | null };

/** Moves the last use of keys forward; a process that is late takes nothing back. */
export const noteUses = ({ db }: SystemScope, uses: Use[]): Promise<number> =>
  db.$executeRaw`
    UPDATE api_key SET last_used_at = used.at, last_used_address = used.address
    FROM unnest(${uses.map(({ keyId }) => keyId)}::uuid[], ${uses.map(({ at }) => at)}::timestamptz[],
                ${uses.map(({ address }) => address)}::text[]) AS used(id, at, address)
    WHERE api_key.id = used.id AND (api_key.last_used_at IS NULL OR api_key.last_used_at < used.at)`;

/** The key of a program's session, as renewing it asks. */
export const keyById = async ({ db }: SystemScope, id: string) => {
  const key = await db.apiKey.findUnique({
    where: { id },
    select: { id: true, orgId: true, prefix: true, expiresAt: true, revokedAt: true },
  });
  return key && { ...key, keyPrefix: key.prefix };
};
