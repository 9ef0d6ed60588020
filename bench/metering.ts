// What does exact metering cost? The check a request pays, reservations under one lock and under a thousand, sealing,
// verification and roll-up of a million ledger entries.
import { filledPostgres, targetsOf } from "./database";
import { inRounds, median, microsecondsEach, report, type Answer } from "./measure";

const ORGS = 1_000;
const ENTRIES = 1_000_000;
const REQUEST_GOAL_MS = 0.15;

const database = await filledPostgres(ORGS, 20);
const { admin } = database;
const { readTenant, withTenant } = await import("../src/server/db/with-tenant");
const { checkUsage, reserveUsage, countCall } = await import("../src/modules/metering");
const { rollUp } = await import("../src/modules/metering/flows/roll-up");
const { sealLedger } = await import("../src/modules/metering/flows/seal");
const { verifyLedger } = await import("../src/modules/metering/flows/verify");
const { newId } = await import("../src/server/db/ids");
const { closeClients } = await import("../src/server/db/client");

const trace = { correlationId: "bench", address: null };
const { rows: orgs } = await admin.query<{ id: string }>("select id from organization order by slug");
const actorOf = (orgId: string) => ({ kind: "org", orgId, userId: newId(), role: "owner", trace }) as const;
const hot = actorOf(orgs[0]!.id);
await admin.query(
  `insert into entitlement_override (id, org_id, feature, "limit", reason)
   select gen_random_uuid(), id, 'jobs', 1000000000, 'bench' from organization`,
);
const target = await targetsOf(admin);
const answers: Answer[] = [];
const whole = (value: number) => Math.round(value).toLocaleString("en");

// ── A request: a list, alone and with the check of its quota and its counting. ──
const list = (org: string, work: "alone" | "metered") =>
  readTenant(actorOf(org), async (scope) => {
    if (work === "metered") {
      await checkUsage(scope, "api_calls", 1);
      countCall(org);
    }
    return scope.db.company.findMany({ take: 25, orderBy: { createdAt: "desc" } });
  });
const one = () => target().org;
const request = await inRounds(["alone", "metered"] as const, (work) =>
  microsecondsEach(() => list(one(), work), 400, 1),
);
const cost = median(request.metered.map((value, round) => value - request.alone[round]!)) / 1_000;
answers.push({
  what: "a request's quota check and counting, beside its list",
  value: `${cost.toFixed(3)} ms, no round trip`,
  goal: `≤ ${REQUEST_GOAL_MS} ms`,
  isMet: cost <= REQUEST_GOAL_MS,
});

// ── A transaction that does one thing, and the same with a reservation. ──
const expiresAt = new Date(Date.now() + 3_600_000);
const change = (org: string, work: "alone" | "reserving") =>
  withTenant(actorOf(org), async (scope) => {
    if (work === "reserving")
      await reserveUsage(scope, { meter: "jobs", key: `job:${newId()}`, quantity: 1, expiresAt });
    await scope.db.company.updateMany({ where: { orgId: org, name: "Company 1" }, data: { notes: "x" } });
  });
const changes = await inRounds(["alone", "reserving"] as const, (work) =>
  microsecondsEach(() => change(one(), work), 200, 1),
);
const added = median(changes.reserving.map((value, round) => value - changes.alone[round]!)) / 1_000;
answers.push({
  what: "a reservation in a transaction that is open",
  value: `${added.toFixed(3)} ms, one round trip`,
});

// ── Reservations a second. ──
const reserve = (actor: typeof hot) =>
  withTenant(actor, (scope) =>
    reserveUsage(scope, { meter: "jobs", key: `job:${newId()}`, quantity: 1, expiresAt }),
  );
const throughput = await inRounds(["one organization", "1,000 organizations"] as const, (whose) =>
  microsecondsEach(() => reserve(whose === "one organization" ? hot : actorOf(one())), 500, 10),
);
for (const [whose, each] of Object.entries(throughput))
  answers.push({ what: `reservations, 10 in flight, ${whose}`, value: `${whole(1e6 / median(each))}/s` });

// ── Entries as they are written, sealed and verified. ──
const WRITTEN = 100_000;
const entries = (from: number, until: number) =>
  `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, created_at, source_type)
   select gen_random_uuid(), md5('t' || 1 + n % ${ORGS})::uuid, 'images', 1, 'image:' || n, now() - interval '10 days', now() + interval '20 days',
     now() - (n % 86400) * interval '10 seconds', now() - interval '5 minutes' - (${ENTRIES} - n) * interval '5 milliseconds', 'call'
   from generate_series(${from}, ${until}) n`;
let began = performance.now();
const seconds = () => (performance.now() - began) / 1_000;
await admin.query(entries(1, WRITTEN));
answers.push({
  what: "entries written in one statement, with digest and queue",
  value: `${whole(WRITTEN / seconds())}/s`,
});
await admin.query(
  `insert into usage_counter (org_id, meter, period_start, period_end, used)
   select org_id, meter, period_start, period_end, sum(quantity) from usage_ledger group by 1, 2, 3, 4`,
);
await admin.query("analyze usage_ledger, usage_unsealed");
began = performance.now();
const sealed = await sealLedger();
answers.push({ what: "entries sealed", value: `${whole(sealed / seconds())}/s` });
await admin.query("analyze usage_seal");
began = performance.now();
const { checked, findings } = await verifyLedger(trace);
answers.push({
  what: `entries verified, ${whole(checked)} of them`,
  value: `${whole(checked / seconds())}/s`,
  goal: "nothing found",
  isMet: findings.length === 0,
});

// ── A million entries in one roll-up; how they got there is not the question. ──
await admin.query("alter table usage_ledger disable trigger user");
await admin.query(
  entries(WRITTEN + 1, ENTRIES)
    .replace("source_type)", "source_type, digest)")
    .replace("'call'", "'call', ''"),
);
await admin.query("alter table usage_ledger enable trigger user");
await admin.query("analyze usage_ledger");
began = performance.now();
const buckets = await rollUp(trace);
answers.push({
  what: `roll-up of ${whole(ENTRIES)} entries into ${whole(buckets)} quarter-hours`,
  value: `${seconds().toFixed(1)} s`,
});

report(answers);
await closeClients();
await database.end();
process.exit(0);
