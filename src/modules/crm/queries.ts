/**
 * Named SQL of the CRM: reads, locks and the batches of an import; no decisions. RLS supplies the organization, and each
 * statement names it besides, which is what its index begins with. Lists: `queries/lists.ts`.
 */
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { newId } from "~/server/db/with-tenant";
import { sql, type Sql } from "~/server/db/sql";
import { TABLES } from "./queries/records";
import type { CompanyRef, CompanyRow, ContactRow, RecordKind } from "./rules";

/** Names of members by user id; who left is not in it. */
export async function memberNames(
  { db, actor }: TenantReadScope,
  userIds?: string[],
): Promise<Map<string, string>> {
  const members = await db.membership.findMany({
    where: { orgId: actor.orgId, ...(userIds && { userId: { in: userIds } }) },
    select: { userId: true, userName: true, userEmail: true },
  });
  return new Map(members.map(({ userId, userName, userEmail }) => [userId, userName ?? userEmail]));
}

// ─── Import ───

/** Takes the import's row until the transaction ends, so that one batch at a time is written. */
export async function lockImport({ db, actor }: TenantScope, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM import WHERE org_id = ${actor.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return rows.length > 0;
}

/** Gives up an import that is in one of these states, and forgets what was seen of its file. */
export async function discardFrom({ db, actor }: TenantScope, id: string, from: string[]): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE import SET status = 'discarded', inspection = NULL, updated_at = now()
    WHERE org_id = ${actor.orgId}::uuid AND id = ${id}::uuid AND status = ANY(${from})`;
  return count > 0;
}

type Written = { created: number; updated: number };
type Batched = { importId: string; ownerId: string; onDuplicate: "update" | "skip" };

/** Characters of JSON that one statement carries: longer texts outlive the young part of the heap (bench/import-speed). */
const STATEMENT_CHARACTERS = 24_000;

/** Rows as JSON arrays, in their order, each short enough for one statement. */
function* statements(rows: object[]): Generator<string> {
  let pieces: string[] = [];
  let characters = 0;
  for (const row of rows) {
    const piece = JSON.stringify(row);
    if (characters > 0 && characters + piece.length > STATEMENT_CHARACTERS) {
      yield `[${pieces.join(",")}]`;
      pieces = [];
      characters = 0;
    }
    pieces.push(piece);
    characters += piece.length;
  }
  if (pieces.length > 0) yield `[${pieces.join(",")}]`;
}

/** Writes rows statement by statement; `write` gets the rows as JSON and the query that counts what was written. */
async function writeRows(
  rows: object[],
  write: (data: string, count: Sql) => Promise<Written[]>,
): Promise<Written> {
  const total: Written = { created: 0, updated: 0 };
  for (const data of statements(rows)) {
    const [written] = await write(data, WRITTEN_COUNTS);
    total.created += written!.created;
    total.updated += written!.updated;
  }
  return total;
}

/** `xmax` is 0 in a row just inserted, and set in one that was there and updated. */
const WRITTEN_COUNTS = sql`
  SELECT count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS updated FROM written`;

/** One line in the timeline of each record that was there and that an import changed; one that it creates says so itself. */
const toldOfImport = (
  { orgId }: TenantScope["actor"],
  kind: RecordKind,
  { importId, ownerId }: { importId: string; ownerId: string },
) => sql`told AS (
    INSERT INTO record_event (org_id, ${TABLES[kind].link}, kind, actor_id, detail)
    SELECT ${orgId}::uuid, id, 'imported', ${ownerId}::uuid, jsonb_build_object('importId', ${importId}::text)
    FROM written WHERE NOT created)`;

/** By key, so that two imports of the same records take their locks in the same order. */
const inKeyOrder = <Row>(rows: Row[], keyOf: (row: Row) => string | null): Row[] =>
  rows.toSorted((a, b) => compare(keyOf(a) ?? "", keyOf(b) ?? ""));
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Writes companies; no domain may come twice. Null leaves what is there untouched. A company without
 * a name is called by its domain, and such a name never replaces a given one.
 */
export async function writeCompanies(
  { db, actor }: TenantScope,
  rows: CompanyRow[],
  { importId, ownerId, onDuplicate }: Batched,
): Promise<Written> {
  const identified = inKeyOrder(rows, (row) => row.domain).map((row) => ({ ...row, id: newId() }));
  const onConflict =
    onDuplicate === "skip"
      ? sql`DO NOTHING`
      : sql`DO UPDATE SET
          name = CASE WHEN excluded.name = excluded.domain THEN company.name ELSE excluded.name END,
          industry = coalesce(excluded.industry, company.industry),
          employee_count = coalesce(excluded.employee_count, company.employee_count),
          phone = coalesce(excluded.phone, company.phone),
          city = coalesce(excluded.city, company.city),
          country_code = coalesce(excluded.country_code, company.country_code),
          notes = coalesce(excluded.notes, company.notes),
          updated_at = now()`;
  return writeRows(
    identified,
    (data, count) => db.$queryRaw<Written[]>`
    WITH written AS (INSERT INTO company (id, org_id, name, domain, industry, employee_count, phone, city, country_code, notes, owner_id, import_id)
    SELECT r.id, ${actor.orgId}::uuid, coalesce(r.name, r.domain), r.domain, r.industry, r."employeeCount", r.phone, r.city,
           r."countryCode", r.notes, ${ownerId}::uuid, ${importId}::uuid
    FROM jsonb_to_recordset(${data}::jsonb) AS r(id uuid, name text, domain text, industry text, "employeeCount" int,
      phone text, city text, "countryCode" text, notes text)
    ON CONFLICT (org_id, domain) WHERE deleted_at IS NULL ${onConflict}
    RETURNING id, (xmax = 0) AS created), ${toldOfImport(actor, "company", { importId, ownerId })} ${count}`,
  );
}

export type LinkedContact = Omit<ContactRow, "company"> & { companyId: string | null };

/** As `writeCompanies`, by mail address. */
export async function writeContacts(
  { db, actor }: TenantScope,
  rows: LinkedContact[],
  { importId, ownerId, onDuplicate }: Batched,
): Promise<Written> {
  const identified = inKeyOrder(rows, (row) => row.email).map((row) => ({ ...row, id: newId() }));
  const onConflict =
    onDuplicate === "skip"
      ? sql`DO NOTHING`
      : sql`DO UPDATE SET
          first_name = coalesce(excluded.first_name, contact.first_name),
          last_name = coalesce(excluded.last_name, contact.last_name),
          phone = coalesce(excluded.phone, contact.phone),
          job_title = coalesce(excluded.job_title, contact.job_title),
          company_id = coalesce(excluded.company_id, contact.company_id),
          notes = coalesce(excluded.notes, contact.notes),
          updated_at = now()`;
  return writeRows(
    identified,
    (data, count) => db.$queryRaw<Written[]>`
    WITH written AS (INSERT INTO contact (id, org_id, first_name, last_name, email, phone, job_title, company_id, notes, owner_id, import_id)
    SELECT r.id, ${actor.orgId}::uuid, r."firstName", r."lastName", r.email, r.phone, r."jobTitle", r."companyId", r.notes,
           ${ownerId}::uuid, ${importId}::uuid
    FROM jsonb_to_recordset(${data}::jsonb) AS r(id uuid, "firstName" text, "lastName" text, email text, phone text,
      "jobTitle" text, "companyId" uuid, notes text)
    ON CONFLICT (org_id, email) WHERE deleted_at IS NULL ${onConflict}
    RETURNING id, (xmax = 0) AS created), ${toldOfImport(actor, "contact", { importId, ownerId })} ${count}`,
  );
}

/** Which of these mail addresses living contacts have. */
export async function knownEmails({ db, actor }: TenantScope, emails: string[]): Promise<Set<string>> {
  const rows = await db.contact.findMany({
    where: { orgId: actor.orgId, email: { in: emails } },
    select: { email: true },
  });
  return new Set(rows.map((row) => row.email!));
}

type FoundCompany = { position: number; key: string; id: string | null };

/**
 * The company of each reference, by domain where it has one, else by name without case (of several the oldest), and
 * the key by which a name is compared.
 */
async function findCompanies({ db, actor }: TenantScope, refs: CompanyRef[]): Promise<FoundCompany[]> {
  const found: FoundCompany[] = [];
  for (const data of statements(refs.map((ref, position) => ({ ...ref, position })))) {
    const part = await db.$queryRaw<FoundCompany[]>`
  WITH asked AS MATERIALIZED (
    SELECT r.position, lower(r.name) AS key, r.domain
    FROM jsonb_to_recordset(${data}::jsonb) AS r(position int, name text, domain text)
  )
  SELECT a.position, a.key, (
    CASE WHEN a.domain IS NOT NULL
      THEN (SELECT c.id FROM company c WHERE c.org_id = ${actor.orgId}::uuid AND c.domain = a.domain AND c.deleted_at IS NULL)
      ELSE (SELECT c.id FROM company c WHERE c.org_id = ${actor.orgId}::uuid AND c.name_key = a.key AND c.deleted_at IS NULL
            ORDER BY c.id LIMIT 1)
    END)::text AS id
  FROM asked a`;
    found.push(...part);
  }
  return found;
}

/**
 * Ids of the companies that rows of contacts name, in the order of `refs`; what is not there is created. Names have no
 * unique index, so whoever creates some holds the organization's lock for it until the transaction ends.
 */
export async function companiesFor(
  scope: TenantScope,
  refs: CompanyRef[],
  batched: { importId: string; ownerId: string },
): Promise<string[]> {
  if (refs.length === 0) return [];
  let found = await findCompanies(scope, refs);
  if (found.some((company) => company.id === null)) {
    const lock = `${scope.actor.orgId}:crm.company_names`;
    await scope.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
    found = await findCompanies(scope, refs);
    const missing = new Map<string, CompanyRow>();
    for (const { position, key, id } of found) {
      const ref = refs[position]!;
      if (id === null && !missing.has(ref.domain ?? ` ${key}`)) {
        missing.set(ref.domain ?? ` ${key}`, { ...NO_COMPANY, ...ref });
      }
    }
    await writeCompanies(scope, [...missing.values()], { ...batched, onDuplicate: "skip" });
    found = await findCompanies(scope, refs);
  }
  const ids: string[] = [];
  for (const { position, id } of found) ids[position] = id!;
  return ids;
}

const NO_COMPANY: CompanyRow = {
  name: null,
  domain: null,
  industry: null,
  employeeCount: null,
  phone: null,
  city: null,
  countryCode: null,
  notes: null,
};

export type RefusalRow = { line: number; reason: string; cells: string[] };

export async function writeRefusals(
  { db, actor }: TenantScope,
  importId: string,
  rows: RefusalRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.importRefusal.createMany({
    data: rows.map(({ line, reason, cells }) => ({
      orgId: actor.orgId,
      importId,
      line: BigInt(line),
      reason,
      cells,
    })),
  });
}
