// What does a request cost? An authenticated list over tRPC against a bare route of the same server: CPU, and how long
// people wait under an open load, which does not slow down when the server does.
import { atMost, inRounds, median, quantile, ratio, report, told, type Answer } from "./measure";
import { companyList, cpuEach, get, peopleOf, residentBytesOfAll, runningCopy, type Person } from "./running";

const copy = await runningCopy();
const { slug, people } = await peopleOf(copy, 1_000);
const answers: Answer[] = [];
const any = (from: readonly Person[]) => from[Math.floor(Math.random() * from.length)]!;

const list = (app: string, person: Person, startedAt?: number) => {
  const { url, headers } = companyList(app, slug, person);
  return get(url, headers, startedAt);
};
const bare = (app: string, startedAt?: number) => get(`${app}/api/health/live`, {}, startedAt);

const fifty = people.slice(0, 50);
const cpu = await inRounds(["bare", "list"], (name) =>
  name === "bare"
    ? cpuEach(copy.processes, () => bare(copy.app), 800)
    : cpuEach(copy.processes, () => list(copy.app, any(fifty)), 400),
);
answers.push(
  told("CPU of a bare route", `${median(cpu.bare).toFixed(2)} ms`),
  told("CPU of an authenticated tRPC list", `${median(cpu.list).toFixed(2)} ms`),
  atMost("CPU a request, list to bare route", ratio(cpu.list, cpu.bare), 2.5),
);

const [one, two] = [await copy.anotherServer(1), await copy.anotherServer(2)];
const scaled = await inRounds(["one", "two"], (name) => {
  const { url, processes } = name === "one" ? one : two;
  return cpuEach(processes, () => list(url, any(fifty)), 400);
});
answers.push(atMost("CPU a request, two processes to one", ratio(scaled.two, scaled.one), 1.15));

/** Requests fall due at random, `perSecond` on average; a late answer is counted from when it was due. */
async function openLoad(
  perSecond: number,
  seconds: number,
  ask: (dueAt: number) => Promise<number>,
): Promise<number[]> {
  const waited: Promise<number>[] = [];
  const endsAt = performance.now() + seconds * 1_000;
  let dueAt = performance.now();
  while (dueAt < endsAt) {
    const early = dueAt - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    waited.push(ask(dueAt));
    dueAt += (-Math.log(1 - Math.random()) * 1_000) / perSecond;
  }
  return Promise.all(waited);
}

const SEGMENT_S = 4;
const THINK_TIME_S = 10;
for (const [who, crowd, perSecond] of [
  ["50 users, 100 requests/s", fifty, 100],
  [`1,000 users, ${THINK_TIME_S} s of think time each`, people, people.length / THINK_TIME_S],
] as const) {
  const waits = { bare: [] as number[], list: [] as number[] };
  const p99 = await inRounds(["bare", "list"], async (name) => {
    const segment = await openLoad(perSecond, SEGMENT_S, (dueAt) =>
      name === "bare" ? bare(copy.app, dueAt) : list(copy.app, any(crowd), dueAt),
    );
    waits[name].push(...segment);
    return quantile(segment, 0.99);
  });
  const words = (values: number[]) =>
    `p50 ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms`;
  answers.push(
    told(`${who}: bare route`, words(waits.bare)),
    told(`${who}: list (service level: p99 < 50 ms)`, words(waits.list)),
    atMost(`${who}: p99, list to bare route`, ratio(p99.list, p99.bare), 4),
  );
}
answers.push(
  told("memory of the server afterwards", `${(residentBytesOfAll(copy.processes()) / 1e6).toFixed(0)} MB`),
);
report(answers);
await copy.end();
process.exit(0);
