// The worst that a roll-up meets: a burst of one organization whose every entry lies in a quarter-hour of its own.
import { expect, it, onTestFinished } from "vitest";
import { asOwner, testOrg, testTrace } from "~/testing/tenants";
import { rollUp } from "./roll-up";

const ENTRIES = 40_000;

it("rolls up 40,000 quarter-hours of one organization within the time a statement may take, and says the same again", async () => {
  const org = await testOrg({ members: [] });
  onTestFinished(async () => {
    await asOwner("alter table usage_ledger enable trigger queue_for_seal");
  });
  // Not sealed: only the sums matter here.
  await asOwner("alter table usage_ledger disable trigger queue_for_seal");
  await asOwner(
    `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, created_at)
     select gen_random_uuid(), $1, 'jobs', 1 + i % 3, 'burst:' || i, '2020-01-01', '2030-01-01',
       timestamptz '2021-01-01' + i * interval '15 minutes', now() - interval '1 hour' + i * interval '1 millisecond'
     from generate_series(1, $2::int) i`,
    [org.orgId, ENTRIES],
  );
  await asOwner("analyze usage_ledger");
  const sums = () =>
    asOwner<{ buckets: number; quantity: number; entries: number }>(
      `select count(*)::int as buckets, sum(quantity)::int as quantity, sum(entries)::int as entries
       from usage_rollup where org_id = $1`,
      [org.orgId],
    );
  const [ledger] = await asOwner<{ quantity: number }>(
    "select sum(quantity)::int as quantity from usage_ledger where org_id = $1",
    [org.orgId],
  );
  expect(await rollUp(testTrace())).toBe(ENTRIES);
  const wanted = [{ buckets: ENTRIES, quantity: ledger!.quantity, entries: ENTRIES }];
  expect(await sums()).toEqual(wanted);
  await asOwner("update usage_rollup_state set rolled_until = '2000-01-01' where name = 'quarter-hours'");
  expect(await rollUp(testTrace())).toBe(ENTRIES);
  expect(await sums()).toEqual(wanted);
}, 120_000);
