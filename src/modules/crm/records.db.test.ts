import { afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg, testUser } from "~/testing/tenants";
import { crmRouter } from "./router";

afterEach(() => clock.setOffset(0));

const DAY_MS = 24 * 60 * 60 * 1000;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: { code: string; cause?: { code?: string; fields?: object; details?: object } }) => ({
      trpc: error.code,
      code: error.cause?.code,
      fields: error.cause?.fields,
      details: error.cause?.details,
    }),
  );
const audited = async (orgId: string, targetId: string) =>
  (
    await asOwner<{ action: string }>(
      "select action from audit_entry where org_id = $1 and target_id = $2 order by created_at, id",
      [orgId, targetId],
    )
  ).map((row) => row.action);

describe("companies", () => {
  it("keeps a company as it is compared, gives it to its creator, and writes each change down", async () => {
    const org = await testOrg();
    const { companies } = callerFor(crmRouter, org.as("member"));
    const { id } = await companies.create({
      name: " Acme   Inc ",
      domain: "https://www.Acme.com/about",
      employeeCount: "1,200",
      countryCode: "Germany",
      city: "",
    });
    const company = await companies.get({ id });
    expect(company).toMatchObject({
      name: "Acme Inc",
      domain: "acme.com",
      employeeCount: 1200,
      countryCode: "DE",
      city: null,
      contactCount: 0,
      owner: { id: org.as("member").userId, name: "Pat member", isMe: true },
    });
    await companies.update({
      id,
      updatedAt: company.updatedAt,
      name: "Acme",
      ownerId: null,
      employeeCount: 7,
    });
    expect(await companies.get({ id })).toMatchObject({
      name: "Acme",
      domain: "acme.com",
      owner: null,
      employeeCount: 7,
    });
    await companies.delete({ id });
    await companies.restore({ id });
    await companies.restore({ id });
    expect(await audited(org.orgId, id)).toEqual([
      "company.created",
      "company.updated",
      "company.deleted",
      "company.restored",
    ]);
  });

  it("names who has a domain already, at creation, at a change and at a restore", async () => {
    const org = await testOrg();
    const { companies } = callerFor(crmRouter, org.owner);
    const first = await companies.create({ name: "Acme", domain: "acme.com" });
    const taken = {
      trpc: "CONFLICT",
      code: "crm.domain_taken",
      fields: { domain: ["“Acme” has this domain already. Open it, or choose another one."] },
      details: { existingId: first.id, existingName: "Acme" },
    };
    expect(await refusal(companies.create({ name: "Copy", domain: "www.acme.com" }))).toEqual(taken);
    const other = await companies.create({ name: "Other", domain: "other.com" });
    const { updatedAt } = await companies.get(other);
    expect(
      await refusal(companies.update({ ...other, updatedAt, name: "Other", domain: "acme.com" })),
    ).toEqual(taken);
    await companies.delete(other);
    const successor = await companies.create({ name: "Successor", domain: "other.com" });
    expect(await refusal(companies.restore(other))).toMatchObject({
      code: "crm.domain_taken",
      details: { existingId: successor.id },
    });
  });

  it("takes one of twenty creations of the same domain at once", async () => {
    const org = await testOrg({ members: [] });
    const { companies } = callerFor(crmRouter, org.owner);
    const calls = Array.from({ length: 20 }, (_, i) =>
      companies.create({ name: `Acme ${i}`, domain: "acme.com" }),
    );
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await companies.count({})).toEqual({ count: 1 });
  });

  it("refuses a change of a version that somebody else has changed, and changes nothing", async () => {
    const org = await testOrg();
    const mine = callerFor(crmRouter, org.owner).companies;
    const theirs = callerFor(crmRouter, org.as("admin")).companies;
    const { id } = await mine.create({ name: "Acme" });
    const { updatedAt } = await mine.get({ id });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await theirs.update({ id, updatedAt, name: "Acme (theirs)" });
    expect(await refusal(mine.update({ id, updatedAt, name: "Acme (mine)" }))).toMatchObject({
      trpc: "CONFLICT",
      code: "crm.changed_meanwhile",
    });
    expect((await mine.get({ id })).name).toBe("Acme (theirs)");
  });

  it("answers bad values with words beside their fields", async () => {
    const { companies } = callerFor(crmRouter, (await testOrg()).owner);
    const answer = await companies
      .create({ name: " ", domain: "acme", phone: "call me", countryCode: "Atlantis", employeeCount: -1 })
      .catch((error: { cause: { issues: { path: string[]; message: string }[] } }) =>
        Object.fromEntries(error.cause.issues.map(({ path, message }) => [path.join("."), message])),
      );
    expect(answer).toEqual({
      name: "Fill this in.",
      domain: "Write a domain like example.com.",
      phone: "Write a phone number: digits, blanks and + - ( ) . /.",
      countryCode: "Write a country's name or its two-letter code.",
      employeeCount: "Write a whole number from 0 to 10,000,000.",
    });
  });

  it("gives a record to members only", async () => {
    const org = await testOrg();
    const stranger = await testUser();
    const { companies, contacts, owners } = callerFor(crmRouter, org.owner);
    const ownerId = stranger.userId;
    expect(await refusal(companies.create({ name: "Acme", ownerId }))).toMatchObject({
      code: "crm.owner_unknown",
      fields: { ownerId: [expect.any(String)] },
    });
    expect(await refusal(contacts.create({ lastName: "Doe", ownerId }))).toMatchObject({
      code: "crm.owner_unknown",
    });
    const { id } = await companies.create({ name: "Acme", ownerId: org.as("admin").userId });
    expect((await companies.get({ id })).owner).toMatchObject({ name: "Pat admin", isMe: false });
    expect((await owners()).map((owner) => owner.name)).toEqual([
      "Pat admin",
      "Pat member",
      "Pat owner",
      "Pat readonly",
    ]);
  });

  it("hides a deleted company, and brings it back for 30 days only", async () => {
    const { companies } = callerFor(crmRouter, (await testOrg()).owner);
    const { id } = await companies.create({ name: "Acme" });
    await companies.delete({ id });
    expect(await refusal(companies.get({ id }))).toMatchObject({ code: "kernel.not_found" });
    expect(await refusal(companies.delete({ id }))).toMatchObject({ code: "kernel.not_found" });
    expect(await companies.list({})).toEqual({ items: [], nextCursor: null });
    clock.setOffset(31 * DAY_MS);
    expect(await refusal(companies.restore({ id }))).toMatchObject({ code: "crm.restore_too_late" });
    clock.setOffset(0);
    await companies.restore({ id });
    expect((await companies.get({ id })).name).toBe("Acme");
  });

  it("lets a read-only member look and change nothing", async () => {
    const org = await testOrg();
    const { id } = await callerFor(crmRouter, org.owner).companies.create({ name: "Acme" });
    const { companies, contacts } = callerFor(crmRouter, org.as("readonly"));
    expect((await companies.get({ id })).name).toBe("Acme");
    for (const change of [
      companies.create({ name: "X" }),
      companies.delete({ id }),
      companies.restore({ id }),
      contacts.create({ lastName: "X" }),
      contacts.delete({ id: newId() }),
    ]) {
      expect(await refusal(change)).toMatchObject({ trpc: "FORBIDDEN" });
    }
  });
});

describe("contacts", () => {
  it("keeps a contact with its company, and each knows the other", async () => {
    const org = await testOrg();
    const { companies, contacts } = callerFor(crmRouter, org.owner);
    const company = await companies.create({ name: "Acme" });
    const { id } = await contacts.create({
      firstName: "Jane",
      email: "Jane@Example.com",
      companyId: company.id,
    });
    const contact = await contacts.get({ id });
    expect(contact).toMatchObject({ email: "jane@example.com", company: { id: company.id, name: "Acme" } });
    expect((await companies.get(company)).contactCount).toBe(1);
    await contacts.create({ lastName: "Elsewhere" });
    expect((await contacts.list({ companyId: company.id })).items).toMatchObject([
      { id, company: { name: "Acme" } },
    ]);
    await contacts.update({ id, updatedAt: contact.updatedAt, firstName: "Janet", companyId: "" });
    expect(await contacts.get({ id })).toMatchObject({ firstName: "Janet", company: null });
    await contacts.delete({ id });
    await contacts.restore({ id });
    await contacts.restore({ id });
    expect(await audited(org.orgId, id)).toEqual([
      "contact.created",
      "contact.updated",
      "contact.deleted",
      "contact.restored",
    ]);
  });

  it("shows a contact without its company while that is deleted, and with it again when it is back", async () => {
    const { companies, contacts } = callerFor(crmRouter, (await testOrg()).owner);
    const company = await companies.create({ name: "Acme" });
    const contact = await contacts.create({ lastName: "Doe", companyId: company.id });
    await companies.delete(company);
    expect((await contacts.get(contact)).company).toBeNull();
    expect((await contacts.list({})).items[0]!.company).toBeNull();
    expect(await refusal(contacts.create({ lastName: "Roe", companyId: company.id }))).toMatchObject({
      code: "crm.company_unknown",
    });
    await companies.restore(company);
    expect((await contacts.get(contact)).company?.name).toBe("Acme");
  });

  it("names who has a mail address already", async () => {
    const { contacts } = callerFor(crmRouter, (await testOrg()).owner);
    const first = await contacts.create({ firstName: "Jane", lastName: "Doe", email: "jane@example.com" });
    const taken = { code: "crm.email_taken", details: { existingId: first.id, existingName: "Jane Doe" } };
    expect(await refusal(contacts.create({ email: "JANE@example.com" }))).toMatchObject(taken);
    const other = await contacts.create({ email: "other@example.com" });
    const { updatedAt } = await contacts.get(other);
    expect(await refusal(contacts.update({ ...other, updatedAt, email: "jane@example.com" }))).toMatchObject(
      taken,
    );
    await contacts.delete(first);
    const successor = await contacts.create({ lastName: "Doe", email: "jane@example.com" });
    expect(await refusal(contacts.restore(first))).toMatchObject({ details: { existingId: successor.id } });
  });

  it("refuses a contact without anything to call it by, a stale change and a late restore", async () => {
    const { contacts } = callerFor(crmRouter, (await testOrg()).owner);
    expect(await refusal(contacts.create({ phone: "030 1234" }))).toMatchObject({ trpc: "BAD_REQUEST" });
    const { id } = await contacts.create({ lastName: "Doe" });
    const stale = new Date(0);
    expect(await refusal(contacts.update({ id, updatedAt: stale, lastName: "Roe" }))).toMatchObject({
      code: "crm.changed_meanwhile",
    });
    await contacts.delete({ id });
    clock.setOffset(31 * DAY_MS);
    expect(await refusal(contacts.restore({ id }))).toMatchObject({ code: "crm.restore_too_late" });
  });
});

describe("lists", () => {
  async function allPages(
    page: (cursor: string | null) => Promise<{ items: { id: string }[]; nextCursor: string | null }>,
  ) {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const answer = await page(cursor);
      ids.push(...answer.items.map((item) => item.id));
      cursor = answer.nextCursor;
    } while (cursor);
    return ids;
  }

  it("shows each record once over all pages, in either order, also where names and instants are equal", async () => {
    const org = await testOrg();
    const { companies, contacts } = callerFor(crmRouter, org.owner);
    const names = ["beta", "Alpha", "alpha", "Ünal", "Zulu", "beta", "echo"];
    for (const name of names) {
      await companies.create({ name });
      await contacts.create({ lastName: name });
    }
    await asOwner("update company set created_at = '2026-01-01' where org_id = $1 and lower(name) = 'beta'", [
      org.orgId,
    ]);
    for (const sort of ["-created", "created", "name", "-name"] as const) {
      const ids = await allPages((cursor) => companies.list({ sort, cursor, limit: 2 }));
      expect(new Set(ids).size).toBe(names.length);
      expect(ids).toHaveLength(names.length);
      expect(await allPages((cursor) => companies.list({ sort, cursor, limit: 100 }))).toEqual(ids);
      expect(await allPages((cursor) => contacts.list({ sort, cursor, limit: 3 }))).toHaveLength(
        names.length,
      );
    }
    const byName = (await companies.list({ sort: "name" })).items.map((item) => item.name.toLowerCase());
    expect(byName).toEqual(["alpha", "alpha", "beta", "beta", "echo", "ünal", "zulu"]);
  });

  it("lists a contact without a name by its mail address", async () => {
    const { contacts } = callerFor(crmRouter, (await testOrg()).owner);
    for (const given of [{ lastName: "Bell" }, { email: "c@example.com" }, { firstName: "Ann" }])
      await contacts.create(given);
    const { items } = await contacts.list({ sort: "name" });
    expect(items.map((item) => item.firstName ?? item.lastName ?? item.email)).toEqual([
      "Ann",
      "Bell",
      "c@example.com",
    ]);
  });

  it("shows mine or all, and counts what it shows", async () => {
    const org = await testOrg();
    const mine = callerFor(crmRouter, org.owner);
    const theirs = callerFor(crmRouter, org.as("member"));
    await mine.companies.create({ name: "Mine" });
    await theirs.companies.create({ name: "Theirs" });
    await mine.contacts.create({ lastName: "Mine" });
    await theirs.contacts.create({ lastName: "Theirs" });
    expect((await mine.companies.list({ owner: "mine" })).items.map((item) => item.name)).toEqual(["Mine"]);
    expect((await mine.contacts.list({ owner: "mine", sort: "name" })).items).toHaveLength(1);
    expect(await mine.companies.count({ owner: "mine" })).toEqual({ count: 1 });
    expect(await mine.companies.count({ search: "their" })).toEqual({ count: 1 });
    expect(await mine.contacts.count({ owner: "mine" })).toEqual({ count: 1 });
    expect(await mine.contacts.count({ search: "their" })).toEqual({ count: 1 });
    expect(await mine.contacts.count({})).toEqual({ count: 2 });
  });

  it("refuses a cursor that it did not make", async () => {
    const { companies } = callerFor(crmRouter, (await testOrg()).owner);
    for (const name of ["a", "b"]) await companies.create({ name });
    const { nextCursor } = await companies.list({ limit: 1 });
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const [cursor, sort] of [
      ["nonsense", "-created"],
      [nextCursor!, "name"],
      [encode(["-created", "never", newId()]), "-created"],
      [encode(["-created", "2026-01-01", "1; drop table company"]), "-created"],
    ] as const) {
      expect(await refusal(companies.list({ cursor, sort }))).toMatchObject({ code: "crm.cursor_invalid" });
    }
  });
});

describe("another organization", () => {
  it("answers its records exactly as records that do not exist", async () => {
    const theirs = await testOrg();
    const mine = await testOrg();
    const their = callerFor(crmRouter, theirs.owner);
    const company = await their.companies.create({ name: "Secret", domain: "secret.com" });
    const contact = await their.contacts.create({ lastName: "Secret", email: "secret@example.com" });
    const { companies, contacts } = callerFor(crmRouter, mine.owner);
    const nobody = { id: newId() };
    const updatedAt = new Date();
    for (const call of [
      (it: { id: string }) => companies.get(it),
      (it: { id: string }) => companies.update({ ...it, updatedAt, name: "X" }),
      (it: { id: string }) => companies.delete(it),
      (it: { id: string }) => companies.restore(it),
    ]) {
      expect(await refusal(call(company))).toEqual(await refusal(call(nobody)));
    }
    for (const call of [
      (it: { id: string }) => contacts.get(it),
      (it: { id: string }) => contacts.update({ ...it, updatedAt, lastName: "X" }),
      (it: { id: string }) => contacts.delete(it),
      (it: { id: string }) => contacts.restore(it),
    ]) {
      expect(await refusal(call(contact))).toEqual(await refusal(call(nobody)));
    }
    expect(await refusal(contacts.create({ lastName: "X", companyId: company.id }))).toEqual(
      await refusal(contacts.create({ lastName: "X", companyId: nobody.id })),
    );
    await companies.create({ name: "Same domain", domain: "secret.com" });
    await contacts.create({ email: "secret@example.com" });
    expect((await contacts.list({ companyId: company.id })).items).toEqual([]);
    expect((await their.companies.get(company)).name).toBe("Secret");
  });
});
