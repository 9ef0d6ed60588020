// What is kept of an erased organization: until the last instant of its tenth year (UTC), and not a year longer.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { clock } from "~/kernel/clock";
import { RETENTION } from "~/kernel/privacy";
import { sealAudit, verifyAudit } from "~/modules/audit";
import { endRetention } from "~/modules/gdpr/flows";
import { endOfKeeping, isKept, tablesOf } from "~/modules/gdpr/rules";
import { endLedger, verifyLedger } from "~/modules/metering";
import { exportNextDay } from "~/modules/metering/flows/export-ledger";
import { sealLedger } from "~/modules/metering/flows/seal";
import { verifyExport } from "~/modules/metering/flows/verify-export";
import { forgetEnv } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import { asOwner, testOrg, testTrace } from "~/testing/tenants";
import { startS3 } from "~/testing/s3";
import { startTestStripe, type TestStripe } from "~/testing/stripe";
import { PRIVACY } from "./privacy";

vi.setConfig({ testTimeout: 120_000 });

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.close());
afterEach(() => clock.setOffset(0));

/** The clock says this instant, or a few milliseconds more. */
const at = (instant: string) => clock.setOffset(Date.parse(instant) - Date.now());
/** Stripe does not answer any more. @returns what makes it answer again. */
function silenceStripe(): () => void {
  const url = process.env.STRIPE_API_URL;
  process.env.STRIPE_API_URL = "http://127.0.0.1:9";
  forgetEnv();
  return () => {
    process.env.STRIPE_API_URL = url;
    forgetEnv();
  };
}
/** Takes turns until nothing goes any more. */
async function swept(): Promise<number> {
  let all = 0;
  for (let turns = 0; turns < 50; turns++) {
    const removed = await endRetention(PRIVACY);
    all += removed;
    if (removed === 0) return all;
  }
  throw new Error("it never ends");
}

/** An organization that was erased: what an erasure leaves of it. */
async function erased(): Promise<string> {
  const { orgId } = await testOrg({ members: [] });
  await asOwner("update organization set slug = 'deleted-' || id where id = $1", [orgId]);
  await asOwner(
    `insert into erasure (id, kind, subject_id, state, requested_by_id, requested_at, due_at, completed_at, undo_digest, certificate_digest, certificate)
     values ($1::uuid, 'organization', $2::uuid, 'completed', $1::uuid, now(), now(), now(), $1::text, $2::text, '{}')`,
    [randomUUID(), orgId],
  );
  return orgId;
}

async function invoiced(orgId: string, issuedAt: string): Promise<string> {
  const id = randomUUID();
  await asOwner(
    `insert into invoice (id, org_id, stripe_invoice_id, number, status, currency, subtotal, discount, tax, total, amount_due, amount_paid, amount_remaining,
       period_start, period_end, issued_at)
     values ($1::uuid, $2::uuid, 'in_' || $1::text, 'N-' || $1::text, 'paid', 'usd', 29, 0, 0, 29, 29, 29, 0, $3::timestamptz - interval '1 month', $3::timestamptz, $3::timestamptz)`,
    [id, orgId, issuedAt],
  );
  await asOwner(
    `insert into invoice_line (id, org_id, invoice_id, stripe_line_id, position, description, amount, period_start, period_end)
     select gen_random_uuid(), $1::uuid, $2::uuid, 'il_' || n, n, 'Pro', 29, $3::timestamptz - interval '1 month', $3::timestamptz from generate_series(1, 2) n`,
    [orgId, id, issuedAt],
  );
  await asOwner(
    `insert into revenue_movement (id, org_id, kind, plan, currency, before, after, occurred_at)
     values (gen_random_uuid(), $1, 'new', 'PRO', 'usd', 0, 29, $2)`,
    [orgId, issuedAt],
  );
  return id;
}

/** Entries of these instants, sealed as they would have been then. */
async function used(orgId: string, instants: readonly string[]): Promise<void> {
  for (const [nth, instant] of instants.entries())
    await asOwner(
      `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, created_at, source_type, source_id)
       values ($4::uuid, $1, 'images', 3, 'old:' || $2::int, $3::timestamptz - interval '1 day', $3::timestamptz + interval '1 day', $3::timestamptz, $3::timestamptz, 'job', gen_random_uuid())`,
      [orgId, nth, instant, newId()],
    );
  while ((await asOwner("select from usage_unsealed")).length > 0) await sealLedger();
  await asOwner("alter table usage_seal disable trigger append_only");
  await asOwner(
    `update usage_seal s set sealed_at = l.created_at from usage_ledger l
     where s.org_id = $1 and l.org_id = s.org_id and l.id = s.entry_id`,
    [orgId],
  );
  await asOwner("alter table usage_seal enable trigger append_only");
}

/** Entries of March 2014, each with what it corrects; a round of the sealer takes them by their ids. */
async function entered(orgId: string, entries: readonly (readonly [id: string, corrects?: string])[]) {
  for (const [id, corrects = null] of entries)
    await asOwner(
      `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, created_at, corrects_id, reason)
       values ($1::uuid, $2, 'images', 1, 'key:' || $1::text, '2014-03-01', '2014-04-01', '2014-03-01', '2014-03-01', $3::uuid, case when $3::uuid is not null then 'wrong' end)`,
      [id, orgId, corrects],
    );
}

const countOf = async (table: string, orgId: string): Promise<number> =>
  (await asOwner<{ n: number }>(`select count(*)::int as n from ${table} where org_id = $1`, [orgId]))[0]!.n;
/** What its log says went. */
async function saidOf(orgId: string): Promise<unknown[]> {
  const said = await asOwner<{ detail: { after: unknown } }>(
    `select d.detail from audit_entry e join audit_detail d on d.entry_id = e.id
     where e.org_id = $1 and e.action = 'retention.ended' order by e.id`,
    [orgId],
  );
  return said.map(({ detail }) => detail.after);
}
const KEPT = [
  "invoice",
  "invoice_line",
  "revenue_movement",
  "stripe_event",
  "usage_ledger",
  "usage_seal",
  "usage_export",
];
const left = async (orgId: string) =>
  Object.fromEntries(
    await Promise.all(KEPT.map(async (table) => [table, await countOf(table, orgId)] as const)),
  );

describe("what is kept of an erased organization", () => {
  it("goes with the first instant of the eleventh year after the one it was made in, and not before", async () => {
    const orgId = await erased();
    const [last, first] = ["2014-12-31T23:59:59.999Z", "2015-01-01T00:00:00.000Z"];
    await invoiced(orgId, last);
    const later = await invoiced(orgId, first);
    at("2024-12-31T23:59:00Z");
    expect(await swept()).toBe(0);
    expect(await left(orgId)).toMatchObject({ invoice: 2, invoice_line: 4, revenue_movement: 2 });
    at("2025-01-01T00:00:00Z");
    // An invoice, its two lines and what it earned.
    expect(await swept()).toBe(4);
    expect(await asOwner("select id from invoice where org_id = $1", [orgId])).toEqual([{ id: later }]);
    expect(await left(orgId)).toMatchObject({ invoice: 1, invoice_line: 2, revenue_movement: 1 });
    at("2025-12-31T23:59:00Z");
    expect(await swept()).toBe(0);
    at("2026-01-01T00:00:00Z");
    expect(await swept()).toBe(4);
    expect(await left(orgId)).toMatchObject({ invoice: 0, invoice_line: 0, revenue_movement: 0 });
    // Its log says what went, and stays whole.
    expect(await saidOf(orgId)).toEqual([
      { before: "2015-01-01T00:00:00.000Z", rows: { invoice: 1, invoice_line: 2, revenue_movement: 1 } },
      { before: "2016-01-01T00:00:00.000Z", rows: { invoice: 1, invoice_line: 2, revenue_movement: 1 } },
    ]);
    while ((await asOwner("select from audit_unsealed")).length > 0) await sealAudit();
    for await (const { faults } of verifyAudit(testTrace())) expect(faults).toEqual([]);
  });

  it("of a ledger is the whole chain until the year of its last entry is ten years gone, then none of it", async () => {
    const orgId = await erased();
    const instants = [
      "2012-03-01T10:00:00Z",
      "2014-03-01T10:00:00Z",
      "2014-03-01T11:00:00Z",
      "2014-12-31T23:59:59.999Z",
    ];
    await used(orgId, instants);
    // One entry corrects the one before it.
    await asOwner(
      `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, created_at, corrects_id, reason)
       select gen_random_uuid(), org_id, meter, -1, 'correction', period_start, period_end, occurred_at, created_at, id, 'counted twice'
       from usage_ledger where org_id = $1 and idempotency_key = 'old:3'`,
      [orgId],
    );
    await used(orgId, []);
    for (const [day, from, until] of [
      ["2012-03-01", 1, 1],
      ["2014-03-01", 2, 3],
    ] as const)
      await asOwner(
        `insert into usage_export (org_id, day, first_seq, last_seq, head)
         select org_id, $2::date, $3::bigint, seq, hash from usage_seal where org_id = $1 and seq = $4::bigint`,
        [orgId, day, from, until],
      );
    at("2024-12-31T23:59:00Z");
    expect(await swept()).toBe(0);
    expect(await left(orgId)).toMatchObject({ usage_ledger: 5, usage_seal: 5, usage_export: 2 });
    at("2025-01-01T00:00:00Z");
    const findings: unknown[] = [];
    // A turn without time ends after one piece: what is left is whole each time.
    for (let turns = 0; (await countOf("usage_ledger", orgId)) > 0; turns++) {
      if (turns > 5) throw new Error("it never ends");
      await endRetention(PRIVACY, 0);
      await asOwner("update erasure set claimed_until = null where subject_id = $1", [orgId]);
      findings.push(...(await verifyLedger(testTrace())).findings.filter((one) => one.orgId === orgId));
      const [bounds] = await asOwner(
        `select coalesce((select max(seq) from usage_seal where org_id = $1), 0) >= coalesce((select max(coalesce(removed_from - 1, last_seq)) from usage_export where org_id = $1), 0) as whole`,
        [orgId],
      );
      expect(bounds).toEqual({ whole: true });
    }
    expect(findings).toEqual([]);
    expect(await left(orgId)).toMatchObject({ usage_ledger: 0, usage_seal: 0, usage_export: 0 });
    expect(await saidOf(orgId)).toEqual([{ before: "2015-01-01T00:00:00.000Z", rows: { usage_ledger: 5 } }]);
  });

  it("of a ledger takes along the corrections that were sealed before what they correct, and theirs", async () => {
    const orgId = await erased();
    const id = (last: number) => `00000000-0000-7000-8000-00000000000${last}`;
    await entered(orgId, [[id(3)], [id(4)], [id(1), id(3)], [id(2), id(4)]]);
    await used(orgId, []);
    at("2025-01-01T00:00:00Z");
    const before = new Date("2015-01-01T00:00:00Z");
    // The last alone leads to the second, and the third, which goes with it, to the first.
    expect(await endLedger(orgId, { before, until: 0, trace: testTrace(), batch: 1 })).toEqual({
      removed: 4,
      isMore: true,
    });
    expect(await left(orgId)).toMatchObject({ usage_ledger: 0, usage_seal: 0 });
  });

  it("of a ledger goes in pieces that are whole by themselves, wherever it is killed, within a day's file too", async () => {
    await startS3();
    const orgId = await erased();
    // The first is corrected by one that was sealed before it: they must go together.
    const corrected = "ffffffff-0000-7000-8000-000000000001";
    await entered(orgId, [[corrected], ["00000000-0000-7000-8000-000000000001", corrected]]);
    await used(orgId, []);
    await used(
      orgId,
      Array.from({ length: 5 }, () => "2014-03-02T10:00:00Z"),
    );
    while (await exportNextDay(orgId, testTrace()));
    const files = async () =>
      (
        await asOwner<{ file: string }>(
          `select first_seq || '-' || coalesce(removed_from - 1, last_seq) || '/' || last_seq as file from usage_export where org_id = $1 order by day`,
          [orgId],
        )
      ).map(({ file }) => file);
    const findings = async () => [
      ...(await verifyLedger(testTrace())).findings.filter((one) => one.orgId === orgId),
      ...(await verifyExport(testTrace(), null)).findings.filter((one) => one.orgId === orgId),
    ];
    expect(await findings()).toEqual([]);
    at("2025-01-01T00:00:00Z");
    const seen: [entries: number, files: string[]][] = [];
    const before = new Date("2015-01-01T00:00:00Z");
    for (let entries = 7; entries > 0; entries = await countOf("usage_ledger", orgId)) {
      seen.push([entries, await files()]);
      if (seen.length > 5) throw new Error("it never ends");
      // A run that ends here as a killed one does: its claim stays, and nobody goes on before that is over.
      await endLedger(orgId, { before, until: 0, trace: testTrace(), batch: 2 });
      await asOwner(
        "update erasure set claimed_until = timestamptz '2025-01-01 00:02:00Z' where subject_id = $1",
        [orgId],
      );
      const after = await left(orgId);
      expect(await endRetention(PRIVACY)).toBe(0);
      expect(await left(orgId)).toEqual(after);
      expect(await findings()).toEqual([]);
      expect(await exportNextDay(orgId, testTrace())).toBe(false);
    }
    expect(seen).toEqual([
      [7, ["1-2/2", "3-7/7"]],
      [5, ["1-2/2", "3-5/7"]],
      [3, ["1-2/2", "3-3/7"]],
    ]);
    expect(await left(orgId)).toMatchObject({ usage_ledger: 0, usage_seal: 0, usage_export: 0 });
  });

  it("takes the customer at Stripe with the last invoice, and waits while Stripe does not answer", async () => {
    const orgId = await erased();
    const made = await fetch(`${process.env.STRIPE_API_URL}/v1/customers`, {
      method: "POST",
      headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    });
    const customer = ((await made.json()) as { id: string }).id;
    await invoiced(orgId, "2014-06-01T00:00:00Z");
    await asOwner(
      `insert into stripe_event (id, type, occurred_at, customer_id, org_id, state, received_at, handled_at)
       values ('evt_' || $1::text, 'invoice.paid', '2015-01-02', $2::text, $3::uuid, 'handled', '2015-01-02', '2015-01-02')`,
      [randomUUID(), customer, orgId],
    );
    at("2025-01-01T00:00:00Z");
    const answers = silenceStripe();
    await endRetention(PRIVACY);
    expect(await left(orgId)).toMatchObject({ invoice: 1, stripe_event: 1 });
    answers();
    at("2025-01-01T00:10:00Z");
    await swept();
    // The event of the year after stays for its own ten years.
    expect(await left(orgId)).toMatchObject({ invoice: 0, stripe_event: 1 });
    const asked = await stripe.control<{ method: string; path: string }[]>("requests");
    expect(
      asked.filter(({ method, path }) => method === "DELETE" && path === `/v1/customers/${customer}`),
    ).toHaveLength(1);
    at("2026-01-01T00:00:00Z");
    await swept();
    expect(await left(orgId)).toMatchObject({ stripe_event: 0 });
  });

  it("is written into its log once a year, however often Stripe is silent, over the New Year too", async () => {
    const orgId = await erased();
    await invoiced(orgId, "2013-06-01T00:00:00Z");
    await invoiced(orgId, "2014-06-01T00:00:00Z");
    await asOwner(
      `insert into stripe_event (id, type, occurred_at, customer_id, org_id, state, received_at, handled_at)
       values ('evt_' || $1::text, 'invoice.paid', '2014-01-02', 'cus_silent', $2::uuid, 'handled', '2014-01-02', '2014-01-02')`,
      [randomUUID(), orgId],
    );
    // The customer goes with the last invoice, so the first year needs no word of Stripe; the second one waits for it.
    at("2024-12-31T00:00:00Z");
    await swept();
    const year = (before: string, rows: Record<string, number>) => ({ before, rows });
    const first = year("2014-01-01T00:00:00.000Z", { invoice: 1, invoice_line: 2, revenue_movement: 1 });
    expect(await saidOf(orgId)).toEqual([first]);
    const answers = silenceStripe();
    for (const instant of ["2025-01-01T00:00:00Z", "2025-01-01T00:10:00Z", "2025-12-31T23:00:00Z"]) {
      at(instant);
      await endRetention(PRIVACY);
    }
    const second = year("2015-01-01T00:00:00.000Z", {
      ...first.rows,
      stripe_event: 1,
    });
    expect(await saidOf(orgId)).toEqual([first, second]);
    await invoiced(orgId, "2015-06-01T00:00:00Z");
    at("2026-01-01T00:00:00Z");
    await endRetention(PRIVACY);
    expect(await saidOf(orgId)).toEqual([first, second]);
    answers();
    at("2026-01-01T00:10:00Z");
    await swept();
    expect(await left(orgId)).toMatchObject({ invoice: 0, stripe_event: 0 });
    // What was begun in the year before was done as it was said; what is of the new year has a line of its own.
    expect(await saidOf(orgId)).toEqual([first, second, year("2016-01-01T00:00:00.000Z", first.rows)]);
  });

  it("is asked for once a year, and by one run at a time", async () => {
    const orgId = await erased();
    await invoiced(orgId, "2014-06-01T00:00:00Z");
    at("2025-01-01T00:00:00Z");
    const counts = await Promise.all([endRetention(PRIVACY), endRetention(PRIVACY)]);
    expect(counts.reduce((sum, one) => sum + one)).toBe(4);
    expect(
      await asOwner("select from audit_entry where org_id = $1 and action = 'retention.ended'", [orgId]),
    ).toHaveLength(1);
    await invoiced(orgId, "2014-06-01T00:00:00Z");
    expect(await swept()).toBe(0);
    at("2026-01-01T00:00:00Z");
    expect(await swept()).toBe(4);
  });
});

it("leaves an organization that lives all it ever had", async () => {
  const { orgId } = await testOrg({ members: [] });
  await invoiced(orgId, "2012-06-01T00:00:00Z");
  await used(orgId, ["2012-06-01T00:00:00Z"]);
  at("2026-01-01T00:00:00Z");
  await swept();
  expect(await left(orgId)).toMatchObject({
    invoice: 1,
    usage_ledger: 1,
    usage_seal: 1,
    revenue_movement: 1,
  });
});

describe("the database", () => {
  const REMOVED = ["usage_seal", "usage_ledger", "revenue_movement", "invoice"];
  it.each([
    ["of an organization that lives", "2012-06-01T00:00:00Z", false],
    [
      "that is not ten years old",
      new Date(Date.UTC(new Date().getUTCFullYear() - 10, 0, 1)).toISOString(),
      true,
    ],
  ])("lets nobody remove what is kept, %s, whatever clock they go by", async (_, instant, isErased) => {
    const orgId = isErased ? await erased() : (await testOrg({ members: [] })).orgId;
    await invoiced(orgId, instant);
    await used(orgId, [instant]);
    const before = await left(orgId);
    for (const table of REMOVED) {
      const remove = `delete from ${table} where org_id = '${orgId}'`;
      await expect(asOwner(remove), table).rejects.toThrow(/append-only/);
      const asSystem = withSystem({ reason: "test", trace: testTrace() }, ({ db }) =>
        db.$executeRawUnsafe(remove),
      );
      await expect(asSystem, table).rejects.toThrow(/append-only/);
    }
    clock.setOffset(11 * 366 * 86_400_000);
    await swept();
    expect(await left(orgId)).toEqual(before);
  });
});

it("lets nothing of a ledger go, by the database itself, while the last of it must be kept", async () => {
  const orgId = await erased();
  const kept = new Date(Date.UTC(new Date().getUTCFullYear() - 10, 0, 1)).toISOString();
  await used(orgId, ["2012-03-01T10:00:00Z", "2012-03-02T10:00:00Z", kept]);
  await asOwner(
    `insert into usage_export (org_id, day, first_seq, last_seq, head)
     select org_id, '2012-03-02', 1, seq, hash from usage_seal where org_id = $1 and seq = 2`,
    [orgId],
  );
  for (const change of [
    "delete from usage_seal where seq = 1",
    "delete from usage_seal where sealed_at < '2013-01-01'",
    "update usage_export set removed_from = 2",
    "delete from usage_export",
  ])
    await expect(
      asOwner(`${change} ${change.includes("where") ? "and" : "where"} org_id = $1`, [orgId]),
      change,
    ).rejects.toThrow(/append-only/);
  expect(await left(orgId)).toMatchObject({ usage_ledger: 3, usage_seal: 3, usage_export: 1 });
});

it("says of every table that is kept for years how its end is known", () => {
  const ends = tablesOf(PRIVACY).flatMap((of) => {
    if (!isKept(of.org.erase) || RETENTION[of.org.erase.until].years === null) return [];
    return [[of.table, RETENTION[of.org.erase.until].whole ? "whole" : endOfKeeping(of) !== null] as const];
  });
  expect(Object.fromEntries(ends)).toEqual({
    invoice: true,
    invoice_line: true,
    stripe_event: true,
    revenue_movement: true,
    usage_ledger: "whole",
    usage_seal: "whole",
    usage_unsealed: "whole",
    usage_export: "whole",
  });
});
