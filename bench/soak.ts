// Does the server's memory stay flat over ten minutes of steady requests?
import { atMost, median, quantile, report, told } from "./measure";
import { companyList, get, peopleOf, residentBytesOfAll, runningCopy } from "./running";

const MINUTES = 10;
const PER_SECOND = 50;
const copy = await runningCopy();
const { slug, people } = await peopleOf(copy, 50);
const waits: number[] = [];
const memory: number[][] = Array.from({ length: MINUTES }, () => []);
const pending: Promise<void>[] = [];
const beganAt = performance.now();
for (let sent = 0; sent < MINUTES * 60 * PER_SECOND; sent++) {
  const dueAt = beganAt + (sent * 1_000) / PER_SECOND;
  const early = dueAt - performance.now();
  if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
  const { url, headers } = companyList(copy.app, slug, people[sent % people.length]!);
  pending.push(get(url, headers, dueAt).then((ms) => void waits.push(ms)));
  if (sent % PER_SECOND === 0) {
    const minute = Math.floor(sent / PER_SECOND / 60);
    memory[minute]!.push(residentBytesOfAll(copy.processes()));
  }
}
await Promise.all(pending);
const [second, last] = [median(memory[1]!), median(memory.at(-1)!)];
report([
  told(
    "requests",
    `${waits.length.toLocaleString("en")}, p50 ${quantile(waits, 0.5).toFixed(1)} ms, p99 ${quantile(waits, 0.99).toFixed(1)} ms`,
  ),
  told("memory in the second minute", `${(second / 1e6).toFixed(0)} MB`),
  atMost("memory, last minute to second", last / second, 1.1),
]);
await copy.end();
process.exit(0);
