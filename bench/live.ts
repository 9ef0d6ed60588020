// How soon does a page hear of a job that was just started, and what do a thousand listening pages cost one process?
import http from "node:http";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "../src/wiring/routers";
import { median, quantile, report, ROUNDS, told, type Answer } from "./measure";
import { cpuSecondsOfAll, peopleOf, residentBytesOfAll, runningCopy, type Person } from "./running";

const CROWD = 1_000;
const copy = await runningCopy();
const { slug, orgId, people } = await peopleOf(copy, CROWD);
// Owners may hear everybody's jobs, so that one job is heard by all.
await copy.owner.query("update membership set role = 'owner' where org_id = $1", [orgId]);
const answers: Answer[] = [];

interface Listener {
  ready: Promise<void>;
  /** Milliseconds by `performance.now()` when the first line about this job came. */
  heard(jobId: string): Promise<number>;
  close(): void;
}

/** A page that listens, as far as the server can tell. */
function listen({ token }: Person): Listener {
  const seen = new Map<string, { at: Promise<number>; resolve: (at: number) => void }>();
  const entry = (jobId: string) => {
    const known = seen.get(jobId);
    if (known) return known;
    const { promise: at, resolve } = Promise.withResolvers<number>();
    const made = { at, resolve };
    seen.set(jobId, made);
    return made;
  };
  const { promise: ready, resolve: isReady, reject } = Promise.withResolvers<void>();
  const url = `${copy.app}/api/jobs/stream?org=${slug}&scope=org`;
  const asked = http.get(url, { agent: false, headers: { authorization: `Bearer ${token}` } }, (response) => {
    if (response.statusCode !== 200) return reject(new Error(`the stream answered ${response.statusCode}`));
    response.setEncoding("utf8");
    response.on("error", () => {});
    response.on("data", (text: string) => {
      if (text.includes("event: ready")) isReady();
      for (const [, id] of text.matchAll(/"id":"([0-9a-f-]{36})"/g)) entry(id!).resolve(performance.now());
    });
  });
  asked.on("error", reject);
  return { ready, heard: (jobId) => entry(jobId).at, close: () => asked.destroy() };
}

const [first] = people;
const client = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: `${copy.app}/api/trpc`,
      transformer: superjson,
      headers: { authorization: `Bearer ${first!.token}`, "x-tenantry-org": slug },
    }),
  ],
});

/** A small import, up to the moment before its button is pressed. */
async function prepared() {
  const file = Buffer.from(`name,domain\nBench,${Math.random().toString(36).slice(2)}.test\n`);
  const ticket = await client.crm.imports.create.mutate({
    entity: "company",
    fileName: "bench.csv",
    sizeBytes: file.length,
  });
  const uploaded = await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: file });
  if (!uploaded.ok) throw new Error(`the upload answered ${uploaded.status}`);
  const { suggestedMapping } = await client.crm.imports.inspect.mutate({ id: ticket.id });
  return () =>
    client.crm.imports.start.mutate({
      id: ticket.id,
      mapping: suggestedMapping ?? [],
      hasHeader: true,
      onDuplicate: "update",
    });
}

const one = listen(first!);
await one.ready;
const toAnswer: number[] = [];
const toUpdate: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const start = await prepared();
  const clickedAt = performance.now();
  const { jobId } = await start();
  const answeredAt = performance.now();
  const heardAt = await one.heard(jobId);
  if (round === 0) continue; // the first of its kind warms up
  toAnswer.push(answeredAt - clickedAt);
  toUpdate.push(heardAt - clickedAt);
}
one.close();
answers.push(
  told("click to the answer of the mutation, median", `${median(toAnswer).toFixed(0)} ms`),
  told("click to the first update on the stream, median", `${median(toUpdate).toFixed(0)} ms`),
  told("click to the first update on the stream, slowest of 12", `${Math.max(...toUpdate).toFixed(0)} ms`),
);

const pids = copy.processes();
const memoryBefore = residentBytesOfAll(pids);
const openedAt = performance.now();
const crowd: Listener[] = [];
for (const person of people) {
  crowd.push(listen(person));
  if (crowd.length % 50 === 0) await Promise.all(crowd.slice(-50).map(({ ready }) => ready));
}
await Promise.all(crowd.map(({ ready }) => ready));
const opening = performance.now() - openedAt;
const idleFrom = cpuSecondsOfAll(pids);
await new Promise((resolve) => setTimeout(resolve, 10_000));
const idle = cpuSecondsOfAll(pids) - idleFrom;
const start = await prepared();
const clickedAt = performance.now();
const { jobId } = await start();
const heard = await Promise.all(crowd.map((listener) => listener.heard(jobId)));
const waits = heard.map((at) => at - clickedAt);
answers.push(
  told(`${CROWD} listening pages: all opened in`, `${(opening / 1_000).toFixed(1)} s`),
  told(`${CROWD} listening pages: CPU while nothing happens`, `${(idle * 10).toFixed(1)} % of one core`),
  told(
    `${CROWD} listening pages: memory a page`,
    `${((residentBytesOfAll(pids) - memoryBefore) / CROWD / 1e3).toFixed(0)} kB`,
  ),
  told(
    `${CROWD} listening pages: click to update`,
    `p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms, all ${Math.max(...waits).toFixed(0)} ms`,
  ),
);
for (const listener of crowd) listener.close();
report(answers);
await copy.end();
process.exit(0);
