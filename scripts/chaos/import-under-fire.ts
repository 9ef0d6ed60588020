/**
 * An import that something is killed under, against a running copy: then every row must be there once, every bad row
 * kept once, and one unit counted. Only processes of that copy are ended, found by its own run file.
 */
import { randomUUID } from "node:crypto";
import { createTRPCClient, httpLink } from "@trpc/client";
import pg from "pg";
import superjson from "superjson";
import type { AppRouter } from "~/wiring/routers";
import { signalGroup } from "../processes";
import { readReached, readRun } from "../state";

export const VICTIMS = ["app", "inngest", "postgres"] as const;
export type Victim = (typeof VICTIMS)[number];

export interface Outcome {
  victim: Victim;
  /** Part of the file that was done when the victim was killed, 0 to 1. */
  killedAt: number;
  /** Seconds from the kill until the job was completed. */
  recoveredInS: number;
  /** Empty when every promise held. */
  broken: string[];
}

const BAD_EVERY = 997;
const DEADLINE_MS = 240_000;

/** Starts an import of `rows` companies, kills `victim` once a part of it is done, waits for the end and counts. */
export async function importUnderFire(home: string, victim: Victim, rows: number): Promise<Outcome> {
  const reached = readReached(home);
  if (!reached?.postgres) throw new Error(`Nothing runs in ${home}: start \`npm run preview\` first.`);
  const { app, postgres } = reached;

  const signedIn = await fetch(`${app}/api/dev-login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "owner@acme.test" }),
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const slug = `chaos-${randomUUID().slice(0, 8)}`;
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${app}/api/trpc`,
        transformer: superjson,
        headers: { authorization: `Bearer ${token}`, "x-tenantry-org": slug },
      }),
    ],
  });
  await client.tenancy.create.mutate({ name: `Chaos ${victim}`, slug });

  const file = Buffer.from(fileOf(rows));
  const ticket = await client.crm.imports.create.mutate({
    entity: "company",
    fileName: "chaos.csv",
    sizeBytes: file.length,
  });
  const uploaded = await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: file });
  if (!uploaded.ok) throw new Error(`the upload answered ${uploaded.status}`);
  const inspected = await client.crm.imports.inspect.mutate({ id: ticket.id });
  const { jobId } = await client.crm.imports.start.mutate({
    id: ticket.id,
    mapping: inspected.suggestedMapping ?? [],
    hasHeader: true,
    onDuplicate: "update",
  });

  // The owner's own view: it answers as soon as the database does, whatever the app is doing.
  const look = async () =>
    withOwner(postgres.owner, async (owner) => {
      const { rows: found } = await owner.query(
        `select j.status, j.error_message, i.row_count::int as done from job j
         join import i on i.org_id = j.org_id and i.job_id = j.id where j.id = $1`,
        [jobId],
      );
      return found[0] as { status: string; error_message: string | null; done: number };
    });
  const startedAt = Date.now();
  const until = async (isReached: (state: Awaited<ReturnType<typeof look>>) => boolean) => {
    for (;;) {
      const state = await look().catch(() => undefined);
      if (state && isReached(state)) return state;
      if (Date.now() - startedAt > DEADLINE_MS) {
        throw new Error(`after ${DEADLINE_MS / 1000} s the job is ${JSON.stringify(state)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const isOver = (status: string) => ["COMPLETED", "FAILED", "CANCELLED"].includes(status);
  const aim = rows * (0.05 + Math.random() * 0.5);
  const hit = await until((state) => state.done >= aim || isOver(state.status));

  const { pid } = readRun(home)?.children[victim] ?? {};
  if (!pid) throw new Error(`${victim} is not a process of the copy in ${home}`);
  signalGroup(pid, "SIGKILL");
  const killedAtMs = Date.now();
  const end = await until((state) => isOver(state.status));
  const recoveredInS = (Date.now() - killedAtMs) / 1000;

  const broken = isOver(hit.status)
    ? [`the job was over before ${victim} could be killed: use more rows`]
    : [];
  if (end.status !== "COMPLETED") broken.push(`the job ended ${end.status}: ${end.error_message}`);
  broken.push(
    ...(await withOwner(postgres.owner, (owner) => miscounts(owner, { jobId, importId: ticket.id, rows }))),
  );
  return { victim, killedAt: hit.done / rows, recoveredInS, broken };
}

/** A file in which every 997th row is bad, so that refusals are put to the same test as rows. */
function fileOf(rows: number): string {
  const lines = ["name,domain,city"];
  for (let row = 1; row <= rows; row += 1) {
    lines.push(
      row % BAD_EVERY === 0
        ? `Company ${row},not a domain,Nowhere`
        : `Company ${row},row-${row}.test,City ${row % 50}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

type Counted = { jobId: string; importId: string; rows: number };

async function miscounts(owner: pg.Client, { jobId, importId, rows }: Counted): Promise<string[]> {
  const bad = Math.floor(rows / BAD_EVERY);
  const { rows: found } = await owner.query(
    `select
       (select count(*) from company where import_id = $1)::int as companies,
       (select count(distinct domain) from company where import_id = $1)::int as domains,
       (select count(*) from import_refusal where import_id = $1)::int as refusals,
       (select created_count + updated_count + skipped_count from import where id = $1)::int as counted,
       (select refused_count from import where id = $1)::int as refused,
       (select count(*) from usage_ledger where idempotency_key = $2)::int as entries,
       (select coalesce(sum(quantity), 0) from usage_ledger where idempotency_key = $2)::int as units,
       (select coalesce(sum(used), 0) from usage_counter c join job j on j.org_id = c.org_id
         where j.id = $3 and c.meter = 'jobs')::int as used`,
    [importId, `job:${jobId}`, jobId],
  );
  const expected = {
    companies: rows - bad,
    domains: rows - bad,
    refusals: bad,
    counted: rows - bad,
    refused: bad,
    entries: 1,
    units: 1,
    used: 1,
  };
  return Object.entries(expected).flatMap(([what, wanted]) =>
    found[0][what] === wanted ? [] : [`${what}: ${found[0][what]} instead of ${wanted}`],
  );
}

async function withOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 10_000,
  });
  owner.on("error", () => {}); // the server is killed on purpose
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => {});
  }
}
