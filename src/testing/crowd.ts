/**
 * Many tenants at once for the isolation tests: `TENANTS` organizations with `COMPANIES` companies each, and one
 * contact a company. Ids follow from numbers (both from 1), so that a test knows whose row it should have met.
 */
import { createHash } from "node:crypto";
import { connectionScope, runInScope, type ConnectionScope } from "~/server/db/scope-store";
import { asOwner } from "./tenants";

export const TENANTS = 60;
export const COMPANIES = 40;

const idOf = (words: string) => {
  const hex = createHash("md5").update(words).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
export const tenantId = (tenant: number): string => idOf(`tenant ${tenant}`);
export const companyId = (tenant: number, company: number): string => idOf(`company ${tenant}/${company}`);
export const contactId = (tenant: number, company: number): string => idOf(`contact ${tenant}/${company}`);

/** A whole number from 1 to `max`. */
export const anyOf = (max: number): number => 1 + Math.floor(Math.random() * max);
/** Another tenant than this one. */
export const neighbour = (tenant: number): number => (tenant % TENANTS) + 1;

/** Writes the crowd, as the owner. Call it once per file. */
export async function seedCrowd(): Promise<void> {
  await asOwner(
    `insert into organization (id, name, slug)
     select md5('tenant ' || t)::uuid, 'Tenant ' || t, 'tenant-' || t from generate_series(1, $1::int) t`,
    [TENANTS],
  );
  await asOwner(
    `insert into company (id, org_id, name, domain, employee_count, created_at)
     select md5(format('company %s/%s', t, c))::uuid, md5('tenant ' || t)::uuid, 'Company ' || c,
            format('c%s.example.test', c), c, now() - c * interval '1 minute'
     from generate_series(1, $1::int) t, generate_series(1, $2::int) c`,
    [TENANTS, COMPANIES],
  );
  await asOwner(
    `insert into contact (id, org_id, company_id, first_name, email)
     select md5(format('contact %s/%s', t, c))::uuid, md5('tenant ' || t)::uuid,
            md5(format('company %s/%s', t, c))::uuid, 'Pat ' || c, format('pat%s@example.test', c)
     from generate_series(1, $1::int) t, generate_series(1, $2::int) c`,
    [TENANTS, COMPANIES],
  );
  await asOwner("analyze company, contact");
}

const NOBODY: ConnectionScope = {
  tenant: "",
  user: "",
  actorId: "",
  correlationId: "isolation-test",
  readOnly: false,
};

/** Runs `work` in the bare scope of a tenant, below withTenant and readTenant. */
export const as = <T>(tenant: number, work: () => PromiseLike<T> | T, readOnly = false): Promise<T> =>
  runInScope(connectionScope({ ...NOBODY, tenant: tenantId(tenant), readOnly }), work);
