import { describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import { termsOf } from "~/modules/entitlements";
import { readTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { refused, refusedFields } from "~/testing/refusals";
import { addMember, asOwner, testOrg, testTrace, testUser, unique } from "~/testing/tenants";
import { tenancyRouter } from "../router";
import { copyProfileToMemberships, lastUsedOrg, myOrganizations, noteVisit } from "../flows";

const DAY_MS = 86_400_000;
const caller = async (person = testUser()) => callerFor(tenancyRouter, await person);

describe("creating an organization", () => {
  it("makes the person its owner, under the chosen address", async () => {
    const person = await testUser({ name: "Ada" });
    const slug = unique("new");
    const { id } = await callerFor(tenancyRouter, person).create({ name: " Ada & Co ", slug });
    expect(await myOrganizations(person)).toEqual([
      { id, slug, name: "Ada & Co", role: "owner", status: "active", logoUrl: null },
    ]);
    const [membership] = await asOwner("select user_name, user_email from membership where org_id = $1", [
      id,
    ]);
    expect(membership).toEqual({ user_name: "Ada", user_email: person.email });
    const entries = await asOwner("select action, actor_id from audit_entry where org_id = $1", [id]);
    expect(entries).toEqual([{ action: "organization.created", actor_id: person.userId }]);
  });

  it("gives it what PRO has for 14 days, without a card, and what FREE has from that instant on", async () => {
    onTestFinished(() => clock.setOffset(0));
    const person = await testUser();
    const { id: orgId } = await callerFor(tenancyRouter, person).create({ name: "New", slug: unique("new") });
    const actor = { kind: "org", orgId, userId: person.userId, role: "owner", trace: testTrace() } as const;
    const terms = () => readTenant(actor, ({ db }) => termsOf({ db, orgId }));
    const first = await terms();
    expect([first.plan, first.basePlan, first.limit("members")]).toEqual(["PRO", "FREE", 5]);
    clock.setOffset(14 * DAY_MS - 60_000);
    expect((await terms()).plan).toBe("PRO");
    clock.setOffset(14 * DAY_MS + 1_000);
    const later = await terms();
    expect([later.plan, later.trialEndsAt, later.limit("members")]).toEqual(["FREE", null, 1]);
  });

  it("refuses an address that anybody has, had, or may never have, and leaves nothing behind", async () => {
    const org = await testOrg();
    const old = unique("old");
    await asOwner("insert into organization_slug (slug, org_id) values ($1, $2)", [old, org.orgId]);
    const person = await testUser();
    const create = (slug: string) => callerFor(tenancyRouter, person).create({ name: "Mine", slug });
    for (const slug of [org.slug, old]) {
      expect(await refusedFields(create(slug))).toEqual({ slug: [expect.stringContaining("taken")] });
    }
    expect(await refused(create("admin"))).not.toBe("done");
    expect(await myOrganizations(person)).toEqual([]);
    expect(await asOwner("select from organization where name = 'Mine'")).toHaveLength(0);
  });

  it("gives one of 10 people who want the same address at once the address, and nobody else", async () => {
    const slug = unique("race");
    const people = await Promise.all(Array.from({ length: 10 }, () => testUser()));
    const outcomes = await Promise.all(
      people.map((person) => refused(callerFor(tenancyRouter, person).create({ name: "Race", slug }))),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "tenancy.slug_taken")).toHaveLength(9);
  });

  it("needs somebody who is signed in, and whose account is still there", async () => {
    const input = { name: "Mine", slug: unique("none") };
    expect(await refused(callerFor(tenancyRouter, null).create(input))).toBe("kernel.unauthenticated");
    const person = await testUser();
    await asOwner('delete from "user" where id = $1', [person.userId]);
    expect(await refused(callerFor(tenancyRouter, person).create(input))).toBe("kernel.unauthenticated");
  });
});

describe("asking for an address", () => {
  it("says free, taken or reserved, with a free one like it", async () => {
    const { slug } = await testOrg();
    await testOrg({ slug: `${slug}-2` });
    const ask = async (asked: string) => (await caller()).askSlug({ slug: asked });
    const free = unique("free");
    expect(await ask(free)).toEqual({ slug: free, isFree: true, reason: null, suggestion: null });
    expect(await ask(slug)).toMatchObject({ isFree: false, reason: /taken/, suggestion: `${slug}-3` });
    expect(await ask("admin")).toMatchObject({ isFree: false, reason: /reserved/, suggestion: "admin-2" });
  });
});

describe("the organization last used", () => {
  it("is the one opened last, for a read-only member too", async () => {
    const person = await testUser();
    const [a, b] = [await testOrg(), await testOrg()];
    const [inA, inB] = [
      await addMember(a.orgId, person, "readonly"),
      await addMember(b.orgId, person, "readonly"),
    ];
    await noteVisit(inA);
    expect(await lastUsedOrg(person)).toMatchObject({ id: a.orgId, slug: a.slug });
    await callerFor(tenancyRouter, inB).noteVisit();
    expect((await lastUsedOrg(person))?.slug).toBe(b.slug);
    // Within the minute in which the same visit is not written twice.
    await noteVisit(inA);
    expect((await lastUsedOrg(person))?.slug).toBe(a.slug);
    expect((await callerFor(tenancyRouter, person).myOrganizations()).map(({ slug }) => slug)).toEqual([
      a.slug,
      b.slug,
    ]);
  });

  it("is none for somebody new, and is not moved by work of the platform", async () => {
    expect(await lastUsedOrg(await testUser())).toBeNull();
    const org = await testOrg();
    await noteVisit({ ...org.owner, userId: null });
    expect(
      await asOwner("select from membership where org_id = $1 and last_used_at is not null", [org.orgId]),
    ).toEqual([]);
  });

  it("is written at most once a minute", async () => {
    const org = await testOrg();
    const at = async () =>
      (
        await asOwner("select last_used_at from membership where org_id = $1 and user_id = $2", [
          org.orgId,
          org.owner.userId,
        ])
      )[0]!.last_used_at as Date;
    await noteVisit(org.owner);
    const first = await at();
    await noteVisit(org.owner);
    expect(await at()).toEqual(first);
  });
});

describe("a person's new name", () => {
  it("reaches all of their memberships and nobody else's, and each organization's log", async () => {
    const person = await testUser({ name: "Old" });
    const [a, b] = [await testOrg(), await testOrg()];
    await addMember(a.orgId, person, "member");
    await addMember(b.orgId, person, "admin");
    await copyProfileToMemberships(person.userId, { name: "New", email: person.email }, testTrace());
    const rows = await asOwner("select org_id, user_name from membership where user_id = $1", [
      person.userId,
    ]);
    expect(rows.map(({ user_name }) => user_name)).toEqual(["New", "New"]);
    expect(
      await asOwner("select from membership where org_id = $1 and user_name = 'New'", [a.orgId]),
    ).toHaveLength(1);
    const log = await asOwner(
      "select org_id from audit_entry where action = 'member.renamed' and actor_id = $1",
      [person.userId],
    );
    expect(log.map(({ org_id }) => org_id as string).sort()).toEqual([a.orgId, b.orgId].sort());
    await copyProfileToMemberships(person.userId, { name: "New", email: person.email }, testTrace());
    expect(
      await asOwner("select from audit_entry where action = 'member.renamed' and actor_id = $1", [
        person.userId,
      ]),
    ).toHaveLength(2);
  });
});
