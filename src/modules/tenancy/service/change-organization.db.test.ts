import { afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { ROLES, type Role } from "~/kernel/roles";
import { withTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { refused, refusedFields } from "~/testing/refusals";
import { asOwner, testOrg, testUser, unique, type TestOrg } from "~/testing/tenants";
import { tenancyRouter } from "../router";
import { orgAtDoor } from "./stand-at-door";
import { updateSettings } from "./change-organization";

afterEach(() => clock.setOffset(0));

const settings = (org: TestOrg, change: object = {}) => ({
  name: org.name,
  slug: org.slug,
  defaultCurrency: "USD",
  timeZone: "UTC",
  ...change,
});
const save = (org: TestOrg, change: object) =>
  callerFor(tenancyRouter, org.owner).updateSettings(settings(org, change));
const slugOfOrg = async (org: TestOrg) =>
  (await asOwner("select slug from organization where id = $1", [org.orgId]))[0]!.slug as string;
const auditOf = async (org: TestOrg) =>
  asOwner(
    "select e.action, d.detail -> 'before' as before, d.detail -> 'after' as after from audit_entry e join audit_detail d on d.entry_id = e.id where e.org_id = $1 order by e.id",
    [org.orgId],
  );

describe("settings", () => {
  it("are kept, and what changed is written down", async () => {
    const org = await testOrg();
    await save(org, { name: "New name", defaultCurrency: "kwd", timeZone: "Asia/Kuwait" });
    expect(await callerFor(tenancyRouter, org.as("readonly")).current()).toMatchObject({
      name: "New name",
      slug: org.slug,
      defaultCurrency: "KWD",
      timeZone: "Asia/Kuwait",
      status: "active",
      role: "readonly",
      deletion: null,
    });
    expect(await auditOf(org)).toEqual([
      {
        action: "organization.updated",
        before: { name: org.name, defaultCurrency: "USD", timeZone: "UTC" },
        after: { name: "New name", defaultCurrency: "KWD", timeZone: "Asia/Kuwait" },
      },
    ]);
  });

  it("that are saved unchanged leave no trace", async () => {
    const org = await testOrg();
    await save(org, {});
    expect(await auditOf(org)).toEqual([]);
  });

  it("belong to owners and admins, and can be read by all", async () => {
    const org = await testOrg();
    for (const role of ROLES) {
      const caller = callerFor(tenancyRouter, org.as(role));
      const expected = role === "owner" || role === "admin" ? "done" : "kernel.forbidden";
      expect(await refused(caller.updateSettings(settings(org, { name: `By ${role}` })))).toBe(expected);
      expect(await refused(caller.startLogoUpload({ contentType: "image/png", sizeBytes: 1 }))).toBe(
        expected === "done" ? "files.unavailable" : expected,
      );
      expect(await refused(caller.current())).toBe("done");
      expect(await caller.setup()).toEqual({
        memberCount: 4,
        openInvitationCount: 0,
        hasLogo: false,
        hasName: true,
        isHidden: false,
      });
    }
  });
});

describe("first steps", () => {
  it("are put away by one member for good, a read-only one too, and by nobody for another", async () => {
    const org = await testOrg();
    const hidden = (role: Role) =>
      callerFor(tenancyRouter, org.as(role))
        .setup()
        .then(({ isHidden }) => isHidden);
    for (const _ of [1, 2]) await callerFor(tenancyRouter, org.as("readonly")).hideSetup();
    expect([await hidden("readonly"), await hidden("member")]).toEqual([true, false]);
  });
});

describe("a new address", () => {
  it("leaves the old one leading here, and reserved for ever", async () => {
    const org = await testOrg();
    const slug = unique("moved");
    await save(org, { slug });
    expect((await orgAtDoor(org.users[1]!, org.slug))?.slug).toBe(slug);
    const other = await testOrg();
    expect(await refusedFields(save(other, { slug: org.slug }))).toEqual({
      slug: [expect.stringContaining("taken")],
    });
    const founder = callerFor(tenancyRouter, await testUser());
    expect(await refused(founder.create({ name: "Squat", slug: org.slug }))).toBe("tenancy.slug_taken");
    await save(org, { slug: org.slug });
    expect(await slugOfOrg(org)).toBe(org.slug);
    expect((await orgAtDoor(org.users[1]!, slug))?.slug).toBe(org.slug);
  });

  it("that is taken or reserved changes nothing else either", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    expect(await refused(save(org, { slug: other.slug, name: "Lost" }))).toBe("tenancy.slug_taken");
    expect(await refused(save(org, { slug: "admin", name: "Lost" }))).toBe("tenancy.slug_reserved");
    expect(await callerFor(tenancyRouter, org.owner).current()).toMatchObject({
      name: org.name,
      slug: org.slug,
    });
    expect(await auditOf(org)).toEqual([]);
  });

  it("goes to one of two organizations that want it at once", async () => {
    const [a, b] = [await testOrg(), await testOrg()];
    const slug = unique("wanted");
    const outcomes = await Promise.all([refused(save(a, { slug })), refused(save(b, { slug }))]);
    expect(outcomes.sort()).toEqual(["done", "tenancy.slug_taken"]);
  });

  it("can be had 10 times in 30 days, so that nobody reserves the dictionary", async () => {
    const org = await testOrg();
    const change = (slug: string) =>
      withTenant(org.owner, (scope) => updateSettings(scope, settings(org, { slug })));
    for (let turn = 1; turn <= 10; turn++) expect(await refused(change(unique("turn")))).toBe("done");
    expect(await refused(change(unique("turn")))).toBe("tenancy.slug_changed_often");
    // One of its own may be taken back all the same.
    expect(await refused(change(org.slug))).toBe("done");
    clock.setOffset(31 * 24 * 60 * 60 * 1000);
    expect(await refused(change(unique("turn")))).toBe("done");
  });
});
