import fs from "node:fs";
import { expect, it } from "vitest";
import { connected } from "./bootstrap";
import { SNAPSHOT, snapshot } from "./snapshot";

it("finds the database as prisma/catalogue.snapshot.txt has it; `npm run db:snapshot` accepts a change", async () => {
  expect((await snapshot(process.env.DATABASE_OWNER_URL!)).split("\n")).toEqual(
    fs.readFileSync(SNAPSHOT, "utf8").split("\n"),
  );
});

it.each([
  [
    "a policy",
    "create policy wide on job for select to tenantry_app using (true)",
    /^job: permissive wide for select/,
  ],
  [
    "a grant on a column",
    "grant update (name) on company to tenantry_search",
    /^company to tenantry_search: update \(name\)/,
  ],
  ["a check that is gone", "alter table job drop constraint job_status_known", undefined],
  ["a changed function", "alter function app.my_orgs() security invoker", undefined],
])("tells %s", async (_what, sql, line) => {
  const url = process.env.DATABASE_OWNER_URL!;
  const before = await snapshot(url);
  await connected(url, (owner) => owner.query(sql));
  const after = await snapshot(url);
  expect(after).not.toBe(before);
  if (line) expect(after.split("\n").some((one) => line.test(one))).toBe(true);
});
