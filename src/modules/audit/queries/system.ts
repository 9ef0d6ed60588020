/** Named SQL over all chains: sealing, verifying, refusals of a minute, erasure. */
import type { SystemScope } from "~/server/db/with-system";
import { PLATFORM_CHAIN, type EntryFields, type Fault } from "../rules";

/** Seals what waits, oldest first. The caller holds the sealer's turn. @returns how many entries. */
export async function sealEntries({ db }: SystemScope, most: number): Promise<number> {
  const [row] = await db.$queryRaw<{ sealed: number }[]>`SELECT app.seal_audit(${most}::integer) AS sealed`;
  return row!.sealed;
}

export async function isAnythingUnsealed({ db }: SystemScope): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is: boolean }[]>`SELECT EXISTS (SELECT FROM audit_unsealed) AS is`;
  return row!.is;
}

/** Seconds that the oldest unsealed entry has waited; 0 when nothing waits. */
export async function oldestUnsealedSeconds({ db }: SystemScope): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT greatest(coalesce(extract(epoch FROM clock_timestamp() - min(e.created_at)), 0), 0)::float8 AS seconds
    FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id`;
  return row!.seconds;
}

export type SealedEntry = {
  seq: bigint;
  prevHash: string;
  hash: string;
  entryId: string;
  /** Null when the entry of a seal is gone. */
  entry: (EntryFields & { hash: string }) | null;
  /** Null when it was erased, or there never was one. */
  detail: { salt: string; detail: unknown } | null;
};

type SealedRow = EntryFields & {
  seq: bigint;
  prevHash: string;
  sealHash: string;
  entryId: string;
  isThere: boolean;
  hash: string;
  salt: string | null;
  detail: unknown;
};

/** One chain from after a number on, with what each seal is on. `orgId` null is the platform's. */
export async function sealedEntries(
  { db }: Pick<SystemScope, "db">,
  orgId: string | null,
  after: bigint,
  most: number,
): Promise<SealedEntry[]> {
  // Two forms, because an index serves "is null" and "=", but nothing that is both.
  const rows =
    orgId === null
      ? await db.$queryRaw<SealedRow[]>`
          SELECT s.seq, s.prev_hash AS "prevHash", s.hash AS "sealHash", s.entry_id::text AS "entryId", e.id IS NOT NULL AS "isThere",
            e.id::text, e.org_id::text AS "orgId", e.actor_id::text AS "actorId", e.action, e.target_type AS "targetType",
            e.target_id AS "targetId", e.correlation_id AS "correlationId", e.created_at AS "createdAt", e.detail_digest AS "detailDigest",
            e.via, e.hash, d.salt, d.detail
          FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id LEFT JOIN audit_detail d ON d.entry_id = s.entry_id
          WHERE s.org_id IS NULL AND s.seq > ${after} ORDER BY s.seq LIMIT ${most}`
      : await db.$queryRaw<SealedRow[]>`
          SELECT s.seq, s.prev_hash AS "prevHash", s.hash AS "sealHash", s.entry_id::text AS "entryId", e.id IS NOT NULL AS "isThere",
            e.id::text, e.org_id::text AS "orgId", e.actor_id::text AS "actorId", e.action, e.target_type AS "targetType",
            e.target_id AS "targetId", e.correlation_id AS "correlationId", e.created_at AS "createdAt", e.detail_digest AS "detailDigest",
            e.via, e.hash, d.salt, d.detail
          FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id LEFT JOIN audit_detail d ON d.entry_id = s.entry_id
          WHERE s.org_id = ${orgId}::uuid AND s.seq > ${after} ORDER BY s.seq LIMIT ${most}`;
  return rows.map(({ seq, prevHash, sealHash, entryId, isThere, salt, detail, ...entry }) => ({
    seq,
    prevHash,
    hash: sealHash,
    entryId,
    entry: isThere ? entry : null,
    detail: salt === null ? null : { salt, detail },
  }));
}

/** The seal of that number. */
export const sealAt = ({ db }: SystemScope, orgId: string | null, seq: bigint) =>
  db.auditSeal.findFirst({ where: { orgId, seq }, select: { seq: true, hash: true, entryId: true } });

export type Chain = {
  /** Null is the platform's. */
  orgId: string | null;
  headSeq: bigint;
  check: Check | null;
};
export type Check = {
  seq: bigint;
  hash: string;
  checkedAt: Date;
  fullAt: Date | null;
  passBeganAt: Date | null;
  passSeq: bigint | null;
  passHash: string | null;
  fault: Fault["kind"] | null;
  faultEntryId: string | null;
  faultSeq: bigint | null;
};

/** Chains in the order of their organization's id, from after one, with how far each is and was verified; the platform's is first. */
export async function chainsAfter({ db }: SystemScope, after: string | null, most: number): Promise<Chain[]> {
  // From chain to chain by the indexes, however long each is; by entries too, since a chain may have lost all its seals.
  const rows = await db.$queryRaw<{ orgId: string; headSeq: bigint }[]>`
    WITH RECURSIVE chain AS (
      SELECT coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000') AS org_id, 0 AS place
      UNION ALL
      SELECT least((SELECT s.org_id FROM audit_seal s WHERE s.org_id > c.org_id ORDER BY s.org_id LIMIT 1),
        (SELECT e.org_id FROM audit_entry e WHERE e.org_id > c.org_id ORDER BY e.org_id LIMIT 1)), c.place + 1
      FROM chain c WHERE c.org_id IS NOT NULL AND c.place < ${most}::integer)
    SELECT org_id::text AS "orgId", coalesce((SELECT s.seq FROM audit_seal s WHERE s.org_id = chain.org_id ORDER BY s.seq DESC LIMIT 1), 0) AS "headSeq"
    FROM chain WHERE org_id IS NOT NULL AND place > 0`;
  const platform = after === null ? [{ orgId: null, headSeq: await platformHead(db) }] : [];
  const chains = [...platform, ...rows];
  const checks = await db.auditCheck.findMany({
    where: { chain: { in: chains.map(({ orgId }) => orgId ?? PLATFORM_CHAIN) } },
  });
  const byChain = new Map(checks.map((check) => [check.chain, check as unknown as Check]));
  return chains.map((chain) => ({ ...chain, check: byChain.get(chain.orgId ?? PLATFORM_CHAIN) ?? null }));
}

async function platformHead(db: SystemScope["db"]): Promise<bigint> {
  const [row] = await db.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM audit_seal WHERE org_id IS NULL ORDER BY seq DESC LIMIT 1`;
  return row?.seq ?? 0n;
}

export async function writeCheck({ db }: SystemScope, orgId: string | null, check: Check): Promise<void> {
  const chain = orgId ?? PLATFORM_CHAIN;
  await db.auditCheck.upsert({
    where: { chain },
    create: { chain, orgId, ...check },
    update: check,
    select: { chain: true },
  });
}

/** Chains in which something was found. */
export const faultyChains = ({ db }: SystemScope): Promise<number> =>
  db.auditCheck.count({ where: { fault: { not: null } } });

/** The oldest entry of a chain that has no seal though it was written over a minute ago. */
export async function unsealedOf({ db }: SystemScope, orgId: string | null): Promise<string | null> {
  const [row] =
    orgId === null
      ? await db.$queryRaw<{ id: string }[]>`
          SELECT e.id::text FROM audit_entry e WHERE e.org_id IS NULL AND e.created_at < clock_timestamp() - interval '60 seconds'
            AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id) ORDER BY e.id LIMIT 1`
      : await db.$queryRaw<{ id: string }[]>`
          SELECT e.id::text FROM audit_entry e WHERE e.org_id = ${orgId}::uuid AND e.created_at < clock_timestamp() - interval '60 seconds'
            AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.org_id = e.org_id AND s.entry_id = e.id) ORDER BY e.id LIMIT 1`;
  return row?.id ?? null;
}

export type CountedRefusal = {
  key: string;
  orgId: string | null;
  actorId: string | null;
  via: string | null;
  permission: string;
  code: string;
  minute: Date;
  count: number;
  address: string | null;
  correlationId: string;
};

/** Adds to the minute's count; what was there first keeps its address and correlation id. */
export const addRefusals = ({ db }: SystemScope, one: CountedRefusal): Promise<number> =>
  db.$executeRaw`
    INSERT INTO audit_refusal (key, org_id, actor_id, via, permission, code, minute, count, address, correlation_id)
    VALUES (${one.key}, ${one.orgId}::uuid, ${one.actorId}::uuid, ${one.via}, ${one.permission}, ${one.code}, ${one.minute}::timestamptz,
      ${one.count}::integer, ${one.address}, ${one.correlationId})
    ON CONFLICT (key) DO UPDATE SET count = audit_refusal.count + excluded.count`;

/** Takes what minutes that ended before `before` have counted out of the table. */
export const takeRefusals = ({ db }: SystemScope, before: Date, most: number): Promise<CountedRefusal[]> =>
  db.$queryRaw<CountedRefusal[]>`
    DELETE FROM audit_refusal WHERE key = ANY (ARRAY(
      SELECT key FROM audit_refusal WHERE minute < ${before}::timestamptz ORDER BY minute LIMIT ${most} FOR UPDATE SKIP LOCKED))
    RETURNING key, org_id::text AS "orgId", actor_id::text AS "actorId", via, permission, code, minute, count, address,
      correlation_id AS "correlationId"`;

/** @returns whether this is the first use of that day and address. */
export async function noteKeyUse(
  { db }: SystemScope,
  use: { orgId: string; keyId: string; day: Date; addressDigest: string },
): Promise<boolean> {
  const { count } = await db.auditKeyUse.createMany({ data: use, skipDuplicates: true });
  return count > 0;
}

export const forgetKeyUses = ({ db }: SystemScope, before: Date): Promise<number> =>
  db.$executeRaw`DELETE FROM audit_key_use WHERE day < ${before}::date`;

/** Deletes the details (but for counts of earlier erasures) of what a person did and of what was done to `targetIds`. @returns how many, by organization. */
export const deleteDetailOf = (
  { db }: SystemScope,
  personId: string,
  { orgId, targetIds }: { orgId: string | null; targetIds: readonly string[] },
): Promise<{ orgId: string | null; count: number }[]> =>
  db.$queryRaw<{ orgId: string | null; count: number }[]>`
    WITH gone AS (
      DELETE FROM audit_detail d WHERE (${orgId}::uuid IS NULL OR d.org_id = ${orgId}::uuid) AND (d.actor_id = ${personId}::uuid
        OR d.entry_id IN (SELECT e.id FROM audit_entry e WHERE e.target_id = ANY (${[...targetIds]}::text[])))
        AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.id = d.entry_id AND e.action = 'audit.detail_erased')
      RETURNING d.org_id)
    SELECT org_id::text AS "orgId", count(*)::int AS count FROM gone GROUP BY 1 ORDER BY 1`;
