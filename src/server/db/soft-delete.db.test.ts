import fs from "node:fs";
import { afterAll, expect, it } from "vitest";
import { asOwner, testOrg } from "~/testing/tenants";
import { closeClients } from "./client";
import { newId } from "./ids";
import { LISTS, SINGLES, SOFT_DELETED_MODELS } from "./soft-delete";
import { readTenant, withTenant } from "./with-tenant";

afterAll(closeClients);

/** A company with a living and a deleted contact, and a deleted company. */
async function some() {
  const { owner, orgId } = await testOrg({ members: [] });
  const [company, gone, living, deleted, importId] = Array.from({ length: 5 }, newId);
  await withTenant(owner, async ({ db }) => {
    const deletedAt = new Date();
    await db.import.create({
      data: {
        id: importId,
        orgId,
        createdById: orgId,
        entity: "contact",
        fileName: "a.csv",
        objectKey: "a",
        sizeBytes: 1n,
      },
    });
    await db.company.createMany({
      data: [
        { id: company, orgId, name: "Here", importId },
        { id: gone, orgId, name: "Gone", importId, deletedAt },
      ],
    });
    await db.contact.createMany({
      data: [
        { id: living, orgId, firstName: "Here", companyId: company, importId },
        { id: deleted, orgId, firstName: "Gone", companyId: company, importId, deletedAt },
      ],
    });
  });
  return { owner, company: company!, gone: gone!, importId: importId! };
}

it("keeps deleted rows out of every read that does not name deletedAt", async () => {
  const { owner, gone } = await some();
  await readTenant(owner, async ({ db }) => {
    expect(await db.company.findMany({ select: { name: true } })).toEqual([{ name: "Here" }]);
    expect(await db.company.findFirst({ where: { id: gone } })).toBeNull();
    await expect(db.company.findFirstOrThrow({ where: { id: gone } })).rejects.toMatchObject({
      code: "P2025",
    });
    expect(await db.company.findUnique({ where: { id: gone } })).toBeNull();
    await expect(db.company.findUniqueOrThrow({ where: { id: gone } })).rejects.toMatchObject({
      code: "P2025",
    });
    expect(await db.company.count()).toBe(1);
    expect((await db.company.aggregate({ _count: true }))._count).toBe(1);
    expect(await db.company.groupBy({ by: ["name"], _count: true })).toEqual([{ name: "Here", _count: 1 }]);
    expect(
      await db.company.findMany({ where: { deletedAt: { not: null } }, select: { name: true } }),
    ).toEqual([{ name: "Gone" }]);
  });
});

it("keeps deleted rows out of lists below other rows, at any depth, and out of their counts", async () => {
  const { owner, company, importId } = await some();
  await readTenant(owner, async ({ db }) => {
    const whole = await db.company.findUnique({ where: { id: company }, include: { contacts: true } });
    expect(whole?.contacts.map(({ firstName }) => firstName)).toEqual(["Here"]);
    const part = await db.company.findUnique({
      where: { id: company },
      select: { contacts: { select: { firstName: true } }, _count: { select: { contacts: true } } },
    });
    expect(part).toEqual({ contacts: [{ firstName: "Here" }], _count: { contacts: 1 } });
    const deep = await db.contact.findFirst({
      select: { company: { select: { contacts: { select: { firstName: true } } } } },
    });
    expect(deep).toEqual({ company: { contacts: [{ firstName: "Here" }] } });
    const imported = await db.import.findUnique({
      where: { id: importId },
      include: {
        companies: true,
        contacts: { where: { firstName: "Gone" } },
        _count: { select: { companies: true } },
      },
    });
    expect(imported).toMatchObject({ companies: [{ name: "Here" }], contacts: [], _count: { companies: 1 } });
    const asked = await db.import.findUnique({
      where: { id: importId },
      include: { companies: { where: { deletedAt: { not: null } } }, refusals: true },
    });
    expect(asked).toMatchObject({ companies: [{ name: "Gone" }], refusals: [] });
  });
});

it("changes no deleted row by accident", async () => {
  const { owner, gone } = await some();
  await withTenant(owner, async ({ db }) => {
    expect(await db.company.updateMany({ data: { city: "Oslo" } })).toEqual({ count: 1 });
    expect(await db.company.updateManyAndReturn({ data: { city: "Bern" }, select: { name: true } })).toEqual([
      { name: "Here" },
    ]);
  });
  const one = withTenant(owner, ({ db }) =>
    db.company.update({ where: { id: gone }, data: { city: "Rome" } }),
  );
  await expect(one).rejects.toMatchObject({ code: "P2025" });
  expect(await asOwner("select city from company where id = $1", [gone])).toEqual([{ city: null }]);
});

it("knows every relation through which deleted rows could be met", () => {
  const schema = fs
    .readdirSync("prisma/schema")
    .map((file) => fs.readFileSync(`prisma/schema/${file}`, "utf8"))
    .join("\n");
  const lists: string[] = [];
  const singles: string[] = [];
  for (const [, model, body] of schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    for (const [, field, type, isList] of body!.matchAll(/^ {2}(\w+)\s+(\w+)(\[\])?/gm)) {
      if (isList && (SOFT_DELETED_MODELS as readonly string[]).includes(type!))
        lists.push(`${model}.${field} ${type}`);
      if (!isList && type! in LISTS) singles.push(`${model}.${field} ${type}`);
    }
  }
  const flat = (relations: typeof LISTS) =>
    Object.entries(relations).flatMap(([model, fields]) =>
      Object.entries(fields).map(([field, type]) => `${model}.${field} ${type}`),
    );
  expect(flat(LISTS).sort()).toEqual(lists.sort());
  expect(flat(SINGLES).sort()).toEqual(singles.sort());
});
