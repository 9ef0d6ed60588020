/**
 * SQL of the lists of companies and contacts. RLS supplies the organization, and each statement names it besides,
 * which is what its index begins with. A page goes on behind the last row shown, over `*_list_recent`, `*_list_mine`,
 * `*_list_name`, `company_list_employees` and `company_list_country`, read forwards or backwards; searches go through
 * `app.search_*`, because under RLS LIKE cannot use an index (docs/MULTI_TENANCY.md, "Search").
 */
import { noSql, sql, type Sql } from "~/server/db/sql";
import type { TenantReadScope } from "~/server/db/with-tenant";
import { withTag } from "./tags";

/** What rows are sorted by; both ways. */
export type SortKey = "created" | "name" | "employees";

/** Where a list goes on: behind the record with this sort value and id. */
export type After = { value: string; id: string } | null;

/** Which records: the same for a list, its count, its export and acts on all of it. */
export type Matching = {
  search: string;
  /** Of this member, of nobody, or (null) of anybody. */
  owner: { id: string } | "nobody" | null;
  /** Companies only: ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** Contacts only. */
  companyId: string | null;
  /** Only records with this tag. */
  tagId: string | null;
};

export type ListOf = Matching & {
  sort: { by: SortKey; isDescending: boolean };
  after: After;
  /** Rows to fetch. */
  take: number;
};

type Table = "company" | "contact";

/** `c` is the record's table. */
function matches(table: Table, orgId: string, of: Matching): Sql {
  const owner =
    of.owner === null
      ? noSql
      : of.owner === "nobody"
        ? sql`AND c.owner_id IS NULL`
        : sql`AND c.owner_id = ${of.owner.id}::uuid`;
  const country = of.countryCode === null ? noSql : sql`AND c.country_code = ${of.countryCode}`;
  const company = of.companyId === null ? noSql : sql`AND c.company_id = ${of.companyId}::uuid`;
  const ids =
    table === "company"
      ? sql`SELECT app.search_companies(${of.search})`
      : sql`SELECT app.search_contacts(${of.search})`;
  const found = of.search === "" ? noSql : sql`AND c.id IN (${ids})`;
  const tagged = withTag(table, orgId, of.tagId);
  return sql`c.org_id = ${orgId}::uuid AND c.deleted_at IS NULL ${owner} ${country} ${company} ${tagged} ${found}`;
}

const SORTED_BY: Record<SortKey, { column: Sql; last: (value: string) => Sql }> = {
  created: { column: sql`c.created_at`, last: (value) => sql`${value}::timestamptz` },
  name: { column: sql`c.name_key`, last: (value) => sql`${value}` },
  employees: { column: sql`c.employees_key`, last: (value) => sql`${value}::int` },
};

/** Whole rows are compared with the last one shown: that is what an index can serve. */
function inOrder({ sort, after }: ListOf): { beyond: Sql; order: Sql } {
  const { column, last } = SORTED_BY[sort.by];
  const way = sort.isDescending ? sql`DESC` : sql`ASC`;
  const beyond =
    after === null
      ? noSql
      : sort.isDescending
        ? sql`AND (${column}, c.id) < (${last(after.value)}, ${after.id}::uuid)`
        : sql`AND (${column}, c.id) > (${last(after.value)}, ${after.id}::uuid)`;
  return { beyond, order: sql`${column} ${way}, c.id ${way}` };
}

export type CompanyListRow = {
  id: string;
  name: string;
  nameKey: string;
  domain: string | null;
  industry: string | null;
  employeeCount: number | null;
  employeesKey: number;
  phone: string | null;
  city: string | null;
  countryCode: string | null;
  ownerId: string | null;
  createdAt: Date;
  updatedAt: Date;
};

export function listCompanies({ db, actor }: TenantReadScope, list: ListOf): Promise<CompanyListRow[]> {
  const { beyond, order } = inOrder(list);
  return db.$queryRaw<CompanyListRow[]>`
    SELECT c.id::text, c.name, c.name_key AS "nameKey", c.domain, c.industry, c.employee_count AS "employeeCount",
           c.employees_key AS "employeesKey", c.phone, c.city, c.country_code AS "countryCode",
           c.owner_id::text AS "ownerId", c.created_at AS "createdAt", c.updated_at AS "updatedAt"
    FROM company c
    WHERE ${matches("company", actor.orgId, list)} ${beyond}
    ORDER BY ${order} LIMIT ${list.take}`;
}

export type ContactListRow = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  nameKey: string;
  email: string | null;
  phone: string | null;
  jobTitle: string | null;
  companyId: string | null;
  companyName: string | null;
  ownerId: string | null;
  createdAt: Date;
  updatedAt: Date;
};

export function listContacts({ db, actor }: TenantReadScope, list: ListOf): Promise<ContactListRow[]> {
  const { beyond, order } = inOrder(list);
  return db.$queryRaw<ContactListRow[]>`
    SELECT c.id::text, c.first_name AS "firstName", c.last_name AS "lastName", c.name_key AS "nameKey", c.email, c.phone,
           c.job_title AS "jobTitle", co.id::text AS "companyId", co.name AS "companyName",
           c.owner_id::text AS "ownerId", c.created_at AS "createdAt", c.updated_at AS "updatedAt"
    FROM contact c
    LEFT JOIN company co ON co.org_id = c.org_id AND co.id = c.company_id AND co.deleted_at IS NULL
    WHERE ${matches("contact", actor.orgId, list)} ${beyond}
    ORDER BY ${order} LIMIT ${list.take}`;
}

const TABLES: Record<Table, Sql> = { company: sql`company`, contact: sql`contact` };

export async function countRecords(
  { db, actor }: TenantReadScope,
  table: Table,
  of: Matching,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${TABLES[table]} c WHERE ${matches(table, actor.orgId, of)}`;
  return row!.count;
}

/** Ids of what matches and was there at `until`, by id, behind `after`: a walk over all of it that changes may not disturb. */
export async function matchingIds(
  { db, actor }: TenantReadScope,
  table: Table,
  of: Matching & { until: Date; after: string | null; take: number },
): Promise<string[]> {
  const behind = of.after === null ? noSql : sql`AND c.id > ${of.after}::uuid`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id::text FROM ${TABLES[table]} c
    WHERE ${matches(table, actor.orgId, of)} AND c.created_at <= ${of.until} ${behind}
    ORDER BY c.id LIMIT ${of.take}`;
  return rows.map(({ id }) => id);
}
