import { afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg } from "~/testing/tenants";
import { crmRouter } from "./router";

afterEach(() => clock.setOffset(0));

const DAY_MS = 24 * 60 * 60 * 1000;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: { code: string; cause?: { code?: string; details?: object } }) => ({
      code: error.cause?.code ?? error.code,
      details: error.cause?.details,
    }),
  );
const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("timelines", () => {
  it("says what happened to a company, in order, in the words of people", async () => {
    const org = await testOrg();
    const crm = callerFor(crmRouter, org.owner);
    const { id } = await crm.companies.create({ name: "Acme", employeeCount: 5 });
    await moment();
    const { updatedAt } = await crm.companies.get({ id });
    const saved = await crm.companies.update({
      id,
      updatedAt,
      ownerId: org.as("admin").userId,
      countryCode: "Germany",
      employeeCount: 1200,
    });
    await moment();
    const tag = await crm.tags.create({ name: "Key account" });
    await crm.companies.bulkTag({ ids: [id], tagId: tag.id });
    await moment();
    const jane = await crm.contacts.create({ firstName: "Jane", lastName: "Doe", companyId: id });
    await moment();
    await callerFor(crmRouter, org.as("member")).notes.create({
      of: { kind: "company", id },
      body: "Met at the fair.",
    });
    await moment();
    await crm.companies.delete({ id });
    await moment();
    await crm.companies.restore({ id });
    const { items } = await crm.timeline({ of: { kind: "company", id } });
    expect(items.map(({ kind }) => kind)).toEqual([
      "restored",
      "deleted",
      "note",
      "linked",
      "tagged",
      "changed",
      "created",
    ]);
    expect(items[2]).toMatchObject({
      by: { name: "Pat member", isMe: false },
      note: { body: "Met at the fair.", isEdited: false },
    });
    expect(items[3]!.record).toEqual({ kind: "contact", id: jane.id, name: "Jane Doe", others: 0 });
    expect(items[4]!.tag).toEqual(tag);
    expect(items[5]).toMatchObject({ by: { name: "Pat owner", isMe: true } });
    expect(items[5]!.changes.toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
      { field: "countryCode", before: null, after: "Germany" },
      { field: "employeeCount", before: "5", after: "1,200" },
      { field: "ownerId", before: "Pat owner", after: "Pat admin" },
    ]);
    expect(saved.updatedAt.getTime()).toBeGreaterThan(updatedAt.getTime());
  });

  it("shows each line once over all pages, events and notes together", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    const { id } = await crm.contacts.create({ lastName: "Doe" });
    const of = { kind: "contact" as const, id };
    for (const body of ["1", "2", "3"]) {
      await crm.notes.create({ of, body });
      const { updatedAt } = await crm.contacts.get({ id });
      await crm.contacts.update({ id, updatedAt, jobTitle: body });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof crm.timeline>> = await crm.timeline({ of, cursor, limit: 2 });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toEqual((await crm.timeline({ of, limit: 100 })).items.map((item) => item.id));
    expect((await refusal(crm.timeline({ of, cursor: "e30" }))).code).toBe("crm.cursor_invalid");
  });

  it("begins with the import, where no creation was noted, and with its bare date where neither is known", async () => {
    const org = await testOrg();
    const crm = callerFor(crmRouter, org.owner);
    const [importId, imported, bare] = [newId(), newId(), newId()];
    await asOwner(
      `insert into import (id, org_id, created_by_id, entity, file_name, object_key, size_bytes) values ($1, $2, $3, 'company', 'leads.csv', 'k', 1)`,
      [importId, org.orgId, org.as("member").userId],
    );
    await asOwner(
      `insert into company (id, org_id, name, import_id) values ($1, $3, 'A', $4), ($2, $3, 'B', null)`,
      [imported, bare, org.orgId, importId],
    );
    const first = async (id: string) => (await crm.timeline({ of: { kind: "company", id } })).items;
    expect(await first(imported)).toMatchObject([
      { kind: "added", by: { name: "Pat member" }, import: { id: importId, fileName: "leads.csv" } },
    ]);
    expect(await first(bare)).toMatchObject([{ kind: "added", by: null, import: null }]);
  });

  it("of what an import made begins with it on the last page, for whoever reads, also when who imported it has left", async () => {
    const org = await testOrg();
    const crm = callerFor(crmRouter, org.owner);
    const [importId, companyId, contactId] = [newId(), newId(), newId()];
    const memberId = org.as("member").userId;
    await asOwner(
      `insert into import (id, org_id, created_by_id, entity, status, file_name, object_key, size_bytes) values ($1, $2, $3, 'contact', 'discarded', 'people.csv', 'k', 1)`,
      [importId, org.orgId, memberId],
    );
    await asOwner("insert into company (id, org_id, name, import_id) values ($1, $2, 'A', $3)", [
      companyId,
      org.orgId,
      importId,
    ]);
    await asOwner(
      "insert into contact (id, org_id, last_name, company_id, import_id) values ($1, $2, 'Doe', $3, $4)",
      [contactId, org.orgId, companyId, importId],
    );
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [org.orgId, memberId]);
    for (const of of [
      { kind: "company" as const, id: companyId },
      { kind: "contact" as const, id: contactId },
    ]) {
      for (const body of ["1", "2"]) await crm.notes.create({ of, body });
      const seen: unknown[] = [];
      for (let cursor: string | null = null, isFirst = true; isFirst || cursor; isFirst = false) {
        const page = await callerFor(crmRouter, org.as("readonly")).timeline({ of, cursor, limit: 1 });
        seen.push(...page.items.map((item) => [item.kind, item.by?.name ?? null, item.import?.fileName]));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([
        ["note", "Pat owner", undefined],
        ["note", "Pat owner", undefined],
        ["added", null, "people.csv"],
      ]);
    }
  });

  it("tells of a record that was merged into it by which import that came", async () => {
    const org = await testOrg();
    const crm = callerFor(crmRouter, org.owner);
    const importIds = [newId(), newId()] as const;
    const ids = [newId(), newId()] as const;
    for (const at of [0, 1] as const) {
      await asOwner(
        `insert into import (id, org_id, created_by_id, entity, file_name, object_key, size_bytes) values ($1, $2, $3, 'company', $4, 'k', 1)`,
        [importIds[at], org.orgId, org.owner.userId, `file-${at}.csv`],
      );
      await asOwner(
        "insert into company (id, org_id, name, import_id, created_at) values ($1, $2, 'Acme', $3, now() - $4::int * interval '1 hour')",
        [ids[at], org.orgId, importIds[at], at + 1],
      );
    }
    const seen = async (id: string) => ({ id, updatedAt: (await crm.companies.get({ id })).updatedAt });
    await crm.companies.merge({ kept: await seen(ids[0]), other: await seen(ids[1]) });
    const story = async (id: string) =>
      (await crm.timeline({ of: { kind: "company", id } })).items.map((item) => [
        item.kind,
        item.import?.fileName ?? null,
      ]);
    expect(await story(ids[0])).toEqual([
      ["merged", null],
      ["added", "file-0.csv"],
      ["added", "file-1.csv"],
    ]);
    await crm.companies.undoMerge({ id: ids[1] });
    expect((await story(ids[0])).at(-1)).toEqual(["added", "file-0.csv"]);
    expect((await story(ids[1])).at(-1)).toEqual(["added", "file-1.csv"]);
  });

  it("tells nothing of a record of another organization, nor of one that is deleted", async () => {
    const mine = callerFor(crmRouter, (await testOrg()).owner);
    const theirs = callerFor(crmRouter, (await testOrg()).owner);
    const { id } = await mine.companies.create({ name: "Acme" });
    expect((await refusal(theirs.timeline({ of: { kind: "company", id } }))).code).toBe("kernel.not_found");
    expect((await refusal(mine.timeline({ of: { kind: "contact", id } }))).code).toBe("kernel.not_found");
    await mine.companies.delete({ id });
    expect((await refusal(mine.timeline({ of: { kind: "company", id } }))).code).toBe("kernel.not_found");
  });

  it("cannot be rewritten, not even by the role that owns the table", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    const { id } = await crm.companies.create({ name: "Acme" });
    await expect(
      asOwner("update record_event set kind = 'deleted' where company_id = $1", [id]),
    ).rejects.toThrow(/append-only/);
  });
});

describe("notes", () => {
  it("are changed and deleted by who wrote them only, and a deletion is undone", async () => {
    const org = await testOrg();
    const mine = callerFor(crmRouter, org.as("member"));
    const theirs = callerFor(crmRouter, org.owner);
    const { id: companyId } = await theirs.companies.create({ name: "Acme" });
    const of = { kind: "company" as const, id: companyId };
    const note = await mine.notes.create({ of, body: " First thoughts. " });
    const read = async () =>
      (await mine.timeline({ of })).items.filter((item) => item.kind === "note").map((item) => item.note!);
    const { updatedAt, body } = (await read())[0]!;
    expect(body).toBe("First thoughts.");
    for (const attempt of [
      () => theirs.notes.update({ ...note, updatedAt, body: "Mine now" }),
      () => theirs.notes.delete(note),
      () => theirs.notes.restore(note),
    ])
      expect((await refusal(attempt())).code).toBe("crm.note_not_yours");
    await moment();
    await mine.notes.update({ ...note, updatedAt, body: "Second thoughts." });
    expect(await read()).toMatchObject([{ body: "Second thoughts.", isEdited: true }]);
    expect((await refusal(mine.notes.update({ ...note, updatedAt, body: "stale" }))).code).toBe(
      "crm.changed_meanwhile",
    );
    await mine.notes.delete(note);
    expect(await read()).toEqual([]);
    await mine.notes.restore(note);
    expect(await read()).toMatchObject([{ body: "Second thoughts." }]);
    await mine.notes.delete(note);
    clock.setOffset(31 * DAY_MS);
    expect((await refusal(mine.notes.restore(note))).code).toBe("crm.restore_too_late");
  });

  it("stand only on living records of one's own organization", async () => {
    const mine = callerFor(crmRouter, (await testOrg()).owner);
    const theirs = callerFor(crmRouter, (await testOrg()).owner);
    const { id } = await mine.companies.create({ name: "Acme" });
    const of = { kind: "company" as const, id };
    const note = await mine.notes.create({ of, body: "Mine" });
    expect((await refusal(theirs.notes.create({ of, body: "x" }))).code).toBe("kernel.not_found");
    expect((await refusal(theirs.notes.delete(note))).code).toBe("kernel.not_found");
    await mine.companies.delete({ id });
    expect((await refusal(mine.notes.create({ of, body: "x" }))).code).toBe("kernel.not_found");
    await expect(mine.notes.create({ of, body: "  " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("tags", () => {
  it("are unique by name without case within an organization, and get tones of their own", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    const other = callerFor(crmRouter, (await testOrg()).owner);
    const first = await crm.tags.create({ name: "Key  account" });
    expect(first).toMatchObject({ name: "Key account", tone: "dye-1" });
    expect((await crm.tags.create({ name: "Partner" })).tone).toBe("dye-2");
    expect(await refusal(crm.tags.create({ name: "KEY ACCOUNT" }))).toMatchObject({
      code: "crm.tag_taken",
      details: { existingId: first.id },
    });
    await other.tags.create({ name: "Key account" });
    expect((await crm.tags.list()).map(({ name }) => name)).toEqual(["Key account", "Partner"]);
    const [, partner] = await crm.tags.list();
    expect((await refusal(crm.tags.update({ id: partner!.id, name: "key account" }))).code).toBe(
      "crm.tag_taken",
    );
    await crm.tags.update({ id: partner!.id, name: "Reseller", tone: "neutral" });
    expect((await crm.tags.list())[1]).toMatchObject({ name: "Reseller", tone: "neutral" });
    expect((await refusal(other.tags.update({ id: partner!.id, name: "x" }))).code).toBe("kernel.not_found");
  });

  it("filter lists and their counts, stand on rows, and count the living only", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    const tag = await crm.tags.create({ name: "Key account" });
    const [a, b, c] = [
      await crm.companies.create({ name: "A" }),
      await crm.companies.create({ name: "B" }),
      await crm.companies.create({ name: "C" }),
    ];
    const jane = await crm.contacts.create({ lastName: "Doe" });
    await crm.companies.bulkTag({ ids: [a.id, b.id], tagId: tag.id });
    await crm.contacts.bulkTag({ ids: [jane.id], tagId: tag.id });
    await crm.companies.delete(b);
    const { items } = await crm.companies.list({ tag: tag.id });
    expect(items).toMatchObject([{ id: a.id, tags: [tag] }]);
    expect(await crm.companies.count({ tag: tag.id })).toEqual({ count: 1 });
    expect((await crm.contacts.list({ tag: tag.id })).items).toMatchObject([{ id: jane.id, tags: [tag] }]);
    expect(await crm.contacts.count({ tag: tag.id })).toEqual({ count: 1 });
    expect((await crm.companies.get(a)).tags).toEqual([tag]);
    expect((await crm.companies.get(c)).tags).toEqual([]);
    expect(await crm.tags.uses()).toEqual([{ ...tag, companyCount: 1, contactCount: 1 }]);
  });

  it("come back with all that carried them when their deletion is undone", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    const tag = await crm.tags.create({ name: "Key account" });
    const company = await crm.companies.create({ name: "A" });
    await crm.companies.bulkTag({ ids: [company.id], tagId: tag.id });
    await crm.tags.delete(tag);
    expect((await crm.companies.get(company)).tags).toEqual([]);
    expect((await crm.companies.list({ tag: tag.id })).items).toEqual([]);
    expect((await refusal(crm.companies.bulkTag({ ids: [company.id], tagId: tag.id }))).code).toBe(
      "crm.tag_unknown",
    );
    await crm.tags.restore(tag);
    expect((await crm.companies.get(company)).tags).toEqual([tag]);
    await crm.tags.delete(tag);
    await crm.tags.create({ name: "key account" });
    expect((await refusal(crm.tags.restore(tag))).code).toBe("crm.tag_taken");
  });
});
