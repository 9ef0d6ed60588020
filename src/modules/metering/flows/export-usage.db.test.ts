import { describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { METER_NAMES } from "~/kernel/meter-table";
import { withTenant } from "~/server/db/with-tenant";
import { newId } from "~/server/db/ids";
import { testOrg } from "~/testing/tenants";
import { countUsage } from "../service";
import { ledgerCsv, usageDaysCsv } from "./export-usage";

async function textOf(parts: AsyncGenerator<string>): Promise<string[]> {
  let text = "";
  for await (const part of parts) text += part;
  return text.replace("\uFEFF", "").trim().split(/\r?\n/);
}

async function orgWithJobs(count: number) {
  const org = await testOrg({ members: [] });
  const ids = Array.from({ length: count }, () => newId());
  await withTenant(org.owner, async (scope) => {
    for (const id of ids) {
      await countUsage(scope, {
        meter: "jobs",
        quantity: 1,
        idempotencyKey: `job:${id}`,
        occurredAt: clock.now(),
        source: { type: "job", id },
      });
    }
  });
  return { org, ids };
}

describe("usage as CSV", () => {
  it("has a line for every meter and day, which add up to what was counted", async () => {
    const { org } = await orgWithJobs(3);
    const lines = await textOf(usageDaysCsv(org.owner, { periodsBack: 0 }, "UTC"));
    expect(lines[0]).toBe("Day,Meter,Quantity,Unit,Period start (UTC),Period end (UTC)");
    const rows = lines.slice(1).map((line) => line.split(","));
    expect(new Set(rows.map(([, meter]) => meter))).toEqual(new Set(METER_NAMES));
    const jobs = rows.filter(([, meter]) => meter === "jobs");
    expect(jobs.reduce((sum, [, , quantity]) => sum + Number(quantity), 0)).toBe(3);
  });

  it("lists every entry of a meter with what caused it, and nothing of another organization", async () => {
    const { org, ids } = await orgWithJobs(4);
    const other = await orgWithJobs(2);
    const lines = await textOf(ledgerCsv(org.owner, { meter: "jobs", periodsBack: 0 }));
    expect(lines).toHaveLength(5);
    for (const id of ids) expect(lines.filter((line) => line.includes(`,job,${id},`))).toHaveLength(1);
    for (const id of other.ids) expect(lines.join()).not.toContain(id);
  });

  it("is a heading alone where nothing was counted", async () => {
    const org = await testOrg({ members: [] });
    expect(await textOf(ledgerCsv(org.owner, { meter: "images", periodsBack: 1 }))).toHaveLength(1);
  });
});
