/** A key's first use per day (UTC) and address: one entry, not one a request. */
import type { Trace } from "~/kernel/actor";
import { sha256 } from "~/server/chain/links";
import { withSystem } from "~/server/db/with-system";
import { forgetKeyUses, noteKeyUse } from "../queries/system";
import { record } from "../service";

const DAY_MS = 24 * 60 * 60 * 1_000;
const dayOf = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
const KNOWN = 20_000;

type Use = { orgId: string; keyId: string; userId: string | null; trace: Trace };

/** Told by this process already; the table decides when several do. */
const held = globalThis as typeof globalThis & { __tenantryKeyUses?: Set<string> };

/**
 * Tells of the first use of a key per day and address. To be called at each request of a key: it costs a look into memory
 * but for the first of a day, address and process. @returns whether an entry was written.
 */
export async function recordKeyUse({ orgId, keyId, userId, trace }: Use): Promise<boolean> {
  const day = dayOf(new Date());
  const addressDigest = sha256(`${day.toISOString()}:${keyId}:${trace.address ?? ""}`);
  const told = (held.__tenantryKeyUses ??= new Set());
  if (told.has(addressDigest)) return false;
  const isFirst = await withSystem({ reason: "tell a key's first use of a day", trace }, async (scope) => {
    if (!(await noteKeyUse(scope, { orgId, keyId, day, addressDigest }))) return false;
    const target = { type: "key", id: keyId };
    await record(scope, { action: "key.used", target }, { orgId, actorId: userId, via: `key:${keyId}` });
    return true;
  });
  // Once COMMIT has said so.
  if (told.size >= KNOWN) told.clear();
  told.add(addressDigest);
  return isFirst;
}

/** What stands in the table only keeps a day's first use from being told twice. */
export const forgetOldKeyUses = (): Promise<number> =>
  withSystem(
    { reason: "forget told uses of keys", trace: { correlationId: "sweep", address: null } },
    (scope) => forgetKeyUses(scope, dayOf(new Date(Date.now() - DAY_MS))),
  );
