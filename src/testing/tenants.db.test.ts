import { expect, it } from "vitest";
import { z } from "zod";
import { readTenant } from "~/server/db/with-tenant";
import { orgProcedure, router, userProcedure } from "~/server/trpc/procedures";
import { callerFor } from "./callers";
import { testOrg, testUser } from "./tenants";

const doors = router({
  colleagues: orgProcedure
    .meta({ permission: "member.read" })
    .output(z.array(z.string()))
    .query(({ ctx }) =>
      readTenant(ctx.actor, async ({ db }) => {
        const rows = await db.membership.findMany({ orderBy: { createdAt: "asc" } });
        return rows.map((row) => row.role);
      }),
    ),
  settings: orgProcedure
    .meta({ permission: "organization.update" })
    .output(z.string())
    .mutation(({ ctx }) => ctx.org.slug),
  me: userProcedure.output(z.string()).query(({ ctx }) => ctx.actor.userId),
});

it("gives each test an organization whose members see it and each other, and nobody else's", async () => {
  const [org, other] = [await testOrg(), await testOrg({ members: [] })];
  expect(await callerFor(doors, org.as("readonly")).colleagues()).toEqual([
    "owner",
    "admin",
    "member",
    "readonly",
  ]);
  expect(await callerFor(doors, other.owner).colleagues()).toEqual(["owner"]);
  expect(() => other.as("admin")).toThrow("no admin");
});

it("sends procedures through the permission table and the error table", async () => {
  const org = await testOrg();
  expect(await callerFor(doors, org.as("admin")).settings()).toBe(org.slug);
  await expect(callerFor(doors, org.as("member")).settings()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(callerFor(doors, await testUser()).settings()).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(callerFor(doors, null).me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
