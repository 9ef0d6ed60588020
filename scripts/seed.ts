/**
 * Fills the database with the two demo organizations and their people, through the app's own scopes. Safe to run again:
 * an organization whose slug is there, and a person whose address is there, stay as they are.
 */
import { pathToFileURL } from "node:url";
import type { Trace } from "~/kernel/actor";
import type { Plan } from "~/kernel/plans";
import type { Role } from "~/kernel/roles";
import { record } from "~/modules/audit";
import { syncPrices } from "~/modules/billing";
import { applyPlan } from "~/modules/entitlements";
import { foundOrganization } from "~/modules/tenancy/service";
import { env } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { readSystem, withSystem } from "~/server/db/with-system";
import { newId, withTenant } from "~/server/db/with-tenant";
import { demoCustomers } from "./demo-data";

interface DemoOrganization {
  name: string;
  slug: string;
  plan: Plan;
  timeZone: string;
  defaultCurrency: string;
  /** The first one founds it. */
  members: { email: string; role: Role }[];
  customers: { seed: number; companies: number; contacts: number };
}

const PEOPLE = [
  { email: "owner@acme.test", name: "Olivia Hart", platformRole: null },
  { email: "admin@acme.test", name: "Arjun Mehta", platformRole: null },
  { email: "member@acme.test", name: "Maya Lindgren", platformRole: null },
  { email: "readonly@acme.test", name: "Robin Castel", platformRole: null },
  { email: "owner@globex.test", name: "Gus Okoye", platformRole: null },
  { email: "staff@tenantry.test", name: "Sam Staff", platformRole: "admin" },
];

const ORGANIZATIONS: DemoOrganization[] = [
  {
    name: "Acme",
    slug: "acme",
    plan: "PRO",
    timeZone: "Europe/Berlin",
    defaultCurrency: "EUR",
    members: [
      { email: "owner@acme.test", role: "owner" },
      { email: "admin@acme.test", role: "admin" },
      { email: "member@acme.test", role: "member" },
      { email: "readonly@acme.test", role: "readonly" },
    ],
    customers: { seed: 11, companies: 60, contacts: 140 },
  },
  {
    name: "Globex",
    slug: "globex",
    plan: "FREE",
    timeZone: "America/New_York",
    defaultCurrency: "USD",
    members: [{ email: "owner@globex.test", role: "owner" }],
    customers: { seed: 29, companies: 14, contacts: 30 },
  },
];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Wants the app's environment (DATABASE_URL, DATABASE_SYSTEM_URL, …) and a migrated database. */
export default async function seed(): Promise<void> {
  const trace: Trace = { correlationId: `seed-${newId()}`, address: null };
  // Only the local Stripe is given prices unasked.
  if (env().STRIPE_API_URL) await syncPrices();
  const people = await ensurePeople(trace);
  for (const organization of ORGANIZATIONS) {
    const isThere = await readSystem({ reason: "look for demo organizations", trace }, ({ db }) =>
      db.organizationSlug.findUnique({ where: { slug: organization.slug }, select: { slug: true } }),
    );
    if (!isThere) await found(organization, people, trace);
  }
}

type Person = { id: string; email: string; name: string | null };

function ensurePeople(trace: Trace): Promise<Map<string, Person>> {
  return withSystem({ reason: "seed demo people", trace }, async ({ db }) => {
    const emailVerifiedAt = new Date();
    await db.user.createMany({
      data: PEOPLE.map((person) => ({ ...person, emailVerifiedAt })),
      skipDuplicates: true,
    });
    const rows = await db.user.findMany({
      where: { email: { in: PEOPLE.map(({ email }) => email) } },
      select: { id: true, email: true, name: true },
    });
    return new Map(rows.map((row) => [row.email, row]));
  });
}

/** One transaction: a seeding that is interrupted leaves nothing, and the next one begins again. */
async function found(given: DemoOrganization, people: Map<string, Person>, trace: Trace): Promise<void> {
  const orgId = newId();
  const members = given.members.map(({ email, role }) => ({ ...people.get(email)!, role }));
  const founder = members[0]!;
  const actor = { kind: "org", orgId, userId: founder.id, role: "owner", trace } as const;
  await withTenant(actor, async (scope) => {
    const { db } = scope;
    const { name, slug, timeZone, defaultCurrency } = given;
    await foundOrganization(scope, { name, slug }, { ...founder, userId: founder.id });
    await db.organization.update({
      where: { id: orgId },
      data: { timeZone, defaultCurrency, isDemo: true },
      select: { id: true },
    });
    await db.membership.createMany({
      data: members.slice(1).map(({ id, email, name, role }) => ({
        orgId,
        userId: id,
        role,
        userName: name,
        userEmail: email,
      })),
    });

    const { seed: start, companies: companyCount, contacts: contactCount } = given.customers;
    const { companies, contacts } = demoCustomers(start, companyCount, contactCount);
    const editors = members.filter(({ role }) => role !== "readonly");
    const ownerId = (index: number) => (index % 4 === 3 ? null : editors[index % editors.length]!.id);
    const createdAt = (index: number, of: number) =>
      new Date(Date.now() - Math.round(((of - index) / of) * 90 * DAY_MS));
    const ids = companies.map(() => newId());
    await db.company.createMany({
      data: companies.map((company, index) => ({
        id: ids[index]!,
        orgId,
        ...company,
        ownerId: ownerId(index),
        createdAt: createdAt(index, companies.length),
      })),
    });
    await db.contact.createMany({
      data: contacts.map(({ company, ...contact }, index) => ({
        orgId,
        ...contact,
        companyId: ids[company]!,
        ownerId: ownerId(index),
        createdAt: createdAt(index, contacts.length),
      })),
    });
    await record(scope, {
      action: "organization.seeded",
      target: { type: "organization", id: orgId },
      after: { companies: companies.length, contacts: contacts.length },
    });
  });
  // The demo shows both plans as they are, so nobody is on trial.
  await withSystem({ reason: "put a demo organization on its plan", trace }, async (scope) => {
    await scope.db.organizationPlan.update({
      where: { orgId },
      data: { trialEndsAt: null },
      select: { orgId: true },
    });
    await applyPlan(scope, orgId, { plan: given.plan, source: given.plan === "FREE" ? "none" : "staff" });
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await seed().finally(closeClients);
}
