import { describe, expect, it } from "vitest";
import { asOwner } from "~/testing/tenants";
import { demoCustomers } from "./demo-data";
import seed from "./seed";

const everything = () =>
  asOwner(`
    select (select json_agg(x order by x.id) from (select * from organization) x) as organizations,
           (select json_agg(x order by x.id) from (select * from membership) x) as memberships,
           (select json_agg(x order by x.id) from (select * from "user") x) as people,
           (select count(*)::int from company) as companies,
           (select count(*)::int from contact) as contacts,
           (select count(*)::int from audit_entry) as entries`);

describe("the demo data", () => {
  it("is written once: seeding again changes nothing", async () => {
    await seed();
    const first = await everything();
    await seed();
    expect(await everything()).toEqual(first);
    expect(first[0]).toMatchObject({ companies: 74, contacts: 170 });
  });

  it("has the two organizations and the people that the start-up message names", async () => {
    await seed();
    const members = await asOwner(
      `select o.slug, p.plan, m.user_email, m.role from membership m join organization o on o.id = m.org_id
       join organization_plan p on p.org_id = o.id and p.trial_ends_at is null
       order by o.slug, m.user_email`,
    );
    expect(members).toEqual([
      { slug: "acme", plan: "PRO", user_email: "admin@acme.test", role: "admin" },
      { slug: "acme", plan: "PRO", user_email: "member@acme.test", role: "member" },
      { slug: "acme", plan: "PRO", user_email: "owner@acme.test", role: "owner" },
      { slug: "acme", plan: "PRO", user_email: "readonly@acme.test", role: "readonly" },
      { slug: "globex", plan: "FREE", user_email: "owner@globex.test", role: "owner" },
    ]);
    expect(await asOwner(`select email from "user" where platform_role = 'admin'`)).toEqual([
      { email: "staff@tenantry.test" },
    ]);
  });

  it("is invented the same way each time, and writes to nobody who exists", () => {
    const once = demoCustomers(11, 60, 140);
    expect(demoCustomers(11, 60, 140)).toEqual(once);
    expect(once.contacts.every(({ email }) => /^[a-z.]+@[a-z]+\.example$/.test(email))).toBe(true);
    expect(new Set(once.companies.map(({ domain }) => domain)).size).toBe(60);
  });
});
