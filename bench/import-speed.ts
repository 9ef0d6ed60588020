// How fast does a file come in, beside COPY of the same file into the same table, and how much does the process grow?
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { temporaryPostgres } from "../scripts/database/temporary";
import { appEnvironment } from "../scripts/environment";
import { s3 } from "../scripts/services/s3";
import { atMost, report, told, type Answer } from "./measure";

const MB = 1_000_000;
/** The promise of the import, whatever the file's length (issue of the platform, point 8). */
const GROWTH_MB = 150;
const SIZES = [10_000, 100_000, 1_000_000];

const home = fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-bench-"));
fs.chmodSync(home, 0o711); // COPY reads the file as the account that runs the server
const postgres = await temporaryPostgres("bench");
const store = await s3.start(
  { home, root: process.cwd(), secrets: postgres.secrets, say: console.error, durable: false },
  { app: "http://localhost:3000" },
);
Object.assign(
  process.env,
  appEnvironment(
    {
      app: "http://localhost:3000",
      home,
      secrets: postgres.secrets,
      postgres: {
        owner: "",
        app: postgres.url("app", "bench"),
        system: postgres.url("system", "bench"),
        superuser: "",
      },
      inngest: "http://127.0.0.1:9",
      smtp: "smtp://127.0.0.1:9",
      s3: store.at,
    },
    {},
  ),
  { LOG_LEVEL: "ERROR" },
);

const { collectEarlier } = await import("../src/server/observability/heap");
const { createUpload, inspectImport, runImport } = await import("../src/modules/crm/flows");
const { startImport } = await import("../src/modules/crm/service");
const { withTenant, newId } = await import("../src/server/db/with-tenant");
const { closeClients } = await import("../src/server/db/client");
const { connected } = await import("../scripts/database/bootstrap");
const { testJobRun } = await import("../src/testing/job-run");

collectEarlier(); // as every server process does

/** A file of companies, written as it goes: one row in a hundred is refused, one in twenty repeats a domain. */
async function fileOf(rows: number): Promise<string> {
  const file = path.join(home, `${rows}.csv`);
  const out = fs.createWriteStream(file);
  out.write("Name,Website,Industry,Employees,City,Country,Notes\n");
  for (let i = 0; i < rows; i++) {
    const domain = i % 100 === 3 ? "not a domain" : `company-${i % 20 === 7 ? i - 7 : i}.example.com`;
    const note = `"Met at the fair in ${2000 + (i % 26)}, said ""call us"" and left a card"`;
    const isRoom = out.write(
      `"Company ${i}, Inc.",https://www.${domain}/,Trade,${i % 5_000},Kuwait City,Kuwait,${note}\n`,
    );
    if (!isRoom) await new Promise((resolve) => out.once("drain", () => resolve(undefined)));
  }
  await new Promise<void>((resolve) => out.end(() => resolve()));
  return file;
}

async function imported(rows: number) {
  const orgId = newId();
  const userId = newId();
  await connected(postgres.url("owner", "bench"), async (owner) => {
    await owner.query("insert into organization (id, name, slug) values ($1, 'Bench', $2)", [
      orgId,
      `bench-${orgId}`,
    ]);
    await owner.query(
      "insert into organization_plan (org_id, plan, source, period_anchor) values ($1, 'ENTERPRISE', 'staff', now())",
      [orgId],
    );
  });
  const actor = {
    kind: "org" as const,
    orgId,
    userId,
    role: "owner" as const,
    trace: { correlationId: newId(), address: null },
  };
  const file = await fileOf(rows);
  const sizeBytes = fs.statSync(file).size;
  const { id, url, headers } = await createUpload(actor, {
    entity: "company",
    fileName: "bench.csv",
    sizeBytes,
  });
  const put = await fetch(url, {
    method: "PUT",
    headers: { ...headers, "content-length": String(sizeBytes) },
    body: Readable.toWeb(fs.createReadStream(file)) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (!put.ok) throw new Error(`upload: ${put.status}`);
  const { suggestedMapping, hasHeader } = await inspectImport(actor, { id });
  const { jobId } = await withTenant(actor, (scope) =>
    startImport(scope, { id, mapping: suggestedMapping!, hasHeader, onDuplicate: "update" }),
  );
  let stepAt = Date.now();
  const job = testJobRun({
    actor,
    jobId,
    input: { importId: id },
    timeLeftMs: () => 20_000 - (Date.now() - stepAt),
  });
  const { step } = job;
  job.step = (name, work) => ((stepAt = Date.now()), step(name, work));

  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let highest = before;
  const sampler = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 50);
  const startedAt = Date.now();
  const counts = await runImport(job);
  clearInterval(sampler);
  const seconds = (Date.now() - startedAt) / 1000;
  fs.rmSync(file);
  const steps = job.steps.filter((name) => name === "read-rows").length;
  if (!counts) throw new Error("the import was lost");
  return { sizeBytes, seconds, steps, growthMb: (highest - before) / MB };
}

/** Seconds that Postgres itself takes for the same rows: COPY into a table with the same columns, checks and indexes. */
async function copied(rows: number): Promise<number> {
  const file = await fileOf(rows);
  fs.chmodSync(file, 0o644);
  const superuser = new URL(postgres.superuser);
  superuser.pathname = "/bench";
  return connected(superuser.href, async (admin) => {
    await admin.query("create table copied (like company including all)");
    await admin.query(
      "alter table copied alter id set default gen_random_uuid(), alter org_id set default gen_random_uuid()",
    );
    for (const column of ["website", "notes", "country", "employees"]) {
      await admin.query(`alter table copied add column if not exists ${column} text`);
    }
    const began = performance.now();
    await admin.query(
      `copy copied (name, website, industry, employees, city, country, notes) from '${file}' with (format csv, header)`,
    );
    const seconds = (performance.now() - began) / 1_000;
    await admin.query("drop table copied");
    fs.rmSync(file);
    return seconds;
  });
}

const answers: Answer[] = [];
try {
  await imported(2_000); // what grows once (compiled code, connections) is not what is asked
  const growths: number[] = [];
  for (const rows of SIZES) {
    const { sizeBytes, seconds, steps, growthMb } = await imported(rows);
    growths.push(growthMb);
    const copySeconds = await copied(rows);
    const size = `${rows.toLocaleString("en")} rows, ${(sizeBytes / MB).toFixed(0)} MB`;
    const speed = (took: number) => `${Math.round(rows / took).toLocaleString("en")} rows/s`;
    answers.push(
      told(`${size}: import`, `${speed(seconds)}, ${steps} steps`),
      told(`${size}: COPY`, speed(copySeconds)),
      told(`${size}: import to COPY`, `${(seconds / copySeconds).toFixed(2)}× the time`),
      atMost(`${size}: growth of the process`, growthMb, GROWTH_MB, " MB"),
    );
  }
  answers.push(
    told("growth, 1,000,000 rows to 10,000", `${(growths.at(-1)! / Math.max(growths[0]!, 1)).toFixed(2)}×`),
  );
} finally {
  await closeClients();
  await store.stop();
  await postgres.stop();
  fs.rmSync(home, { recursive: true, force: true });
}
report(answers);
process.exit(0);
