import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { withSystem, readSystem } from "~/server/db/with-system";
import { withUser } from "~/server/db/with-user";
import { testOrg, testUser } from "~/testing/tenants";
import { canonicalJson } from "./rules";
import { record } from "./service";

const trace = { correlationId: "audit-test-1", address: "203.0.113.9" };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

it("keeps no entry of a change that was rolled back", async () => {
  const { owner } = await testOrg();
  const work = withTenant(owner, async (scope) => {
    await record(scope, { action: "company.created", after: { name: "Gone" } });
    throw new Error("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  const entries = await readTenant(owner, (scope) =>
    scope.db.auditEntry.findMany({ where: { action: "company.created" } }),
  );
  expect(entries).toEqual([]);
});

it("writes who, what and from where, with secrets masked before they are stored", async () => {
  const { owner } = await testOrg();
  await withTenant(owner, (scope) =>
    record(scope, {
      action: "key.created",
      target: { type: "key", id: "1" },
      after: { label: "CI", secret: "s3cr3t" },
    }),
  );
  const entry = await readTenant(owner, (scope) =>
    scope.db.auditEntry.findFirstOrThrow({ where: { action: "key.created" } }),
  );
  expect(entry).toMatchObject({
    actorId: owner.userId,
    targetId: "1",
    correlationId: owner.trace.correlationId,
  });
  const { detail } = await readTenant(owner, (scope) =>
    scope.db.auditDetail.findUniqueOrThrow({ where: { entryId: entry.id } }),
  );
  expect(detail).toMatchObject({ address: owner.trace.address, after: { label: "CI", secret: "[masked]" } });
});

it("fingerprints what is stored, so that a changed detail or entry shows", async () => {
  const { owner } = await testOrg();
  await withTenant(owner, (scope) =>
    record(scope, { action: "company.renamed", before: { name: "A" }, after: { name: "B" } }),
  );
  const { hash, via, ...entry } = await readTenant(owner, (scope) =>
    scope.db.auditEntry.findFirstOrThrow({ where: { action: "company.renamed" } }),
  );
  const detail = await readTenant(owner, (scope) =>
    scope.db.auditDetail.findUniqueOrThrow({ where: { entryId: entry.id } }),
  );
  expect(entry.detailDigest).toBe(sha256(detail.salt + canonicalJson(detail.detail)));
  // An act of a page of one's own: the hash has the form it had before there was another way.
  expect(via).toBeNull();
  expect(hash).toBe(sha256(canonicalJson({ ...entry, createdAt: entry.createdAt.toISOString() })));
});

it("writes a person's own acts without an organization, and shows them to none", async () => {
  const person = await testUser();
  const { owner } = await testOrg();
  await withUser(person, (scope) => record(scope, { action: "profile.updated" }));
  const mine = await readSystem({ reason: "test", trace }, (scope) =>
    scope.db.auditEntry.findMany({ where: { actorId: person.userId, action: "profile.updated" } }),
  );
  expect(mine).toMatchObject([{ orgId: null, action: "profile.updated" }]);
  expect(
    await readTenant(owner, (scope) => scope.db.auditEntry.count({ where: { actorId: person.userId } })),
  ).toBe(0);
});

it("lets the platform write for an organization and a person it names", async () => {
  const { owner, orgId } = await testOrg();
  await withSystem({ reason: "test", trace }, (scope) =>
    record(scope, { action: "session.ended" }, { orgId, actorId: owner.userId }),
  );
  const entry = await readTenant(owner, (scope) =>
    scope.db.auditEntry.findFirstOrThrow({ where: { action: "session.ended" } }),
  );
  expect(entry).toMatchObject({ orgId, actorId: owner.userId, correlationId: trace.correlationId });
});

it("refuses an act that isn't named noun.verbed", async () => {
  const { owner } = await testOrg();
  await expect(withTenant(owner, (scope) => record(scope, { action: "Did something" }))).rejects.toThrow();
});
