/**
 * How every question of the bench is answered: variants are shuffled inside each round, each round gives one ratio to
 * the baseline of the same round, and the answer is the median of those. Machines are shared: a figure alone says little.
 */
import fs from "node:fs";

export interface Answer {
  /** What was compared, for example `list, 32 in flight: ours to unscoped`. */
  what: string;
  value: string;
  /** What was hoped for; a line without one only informs. */
  goal?: string;
  isMet?: boolean;
}

/** The fewest rounds a median may stand on. */
export const ROUNDS = 12;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which this share (0 to 1) of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

function shuffled<T>(values: readonly T[]): T[] {
  const all = [...values];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [all[last], all[other]] = [all[other]!, all[last]!];
  }
  return all;
}

/** What each variant measured in each round, after one round that is thrown away. */
export async function inRounds<Name extends string>(
  names: readonly Name[],
  measure: (name: Name) => Promise<number>,
  rounds = ROUNDS,
): Promise<Record<Name, number[]>> {
  for (const name of names) await measure(name);
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(names)) measured[name].push(await measure(name));
  }
  return measured;
}

/** The median over rounds of `of / to`. */
export const ratio = (of: readonly number[], to: readonly number[]): number =>
  median(of.map((value, round) => value / to[round]!));

/** Microseconds an operation, `workers` at a time. */
export async function microsecondsEach(
  run: () => Promise<unknown>,
  operations: number,
  workers: number,
): Promise<number> {
  const began = performance.now();
  let left = operations;
  const worker = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return ((performance.now() - began) * 1000) / operations;
}

/** A ratio that shall be at most `most`. */
export const atMost = (what: string, value: number, most: number, unit = "×"): Answer => ({
  what,
  value: `${round2(value)}${unit}`,
  goal: `≤ ${round2(most)}${unit}`,
  isMet: value <= most,
});

export const told = (what: string, value: string): Answer => ({ what, value });

export const round2 = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** CPU seconds a process has used, its children apart. Linux only: elsewhere the question is left out, and says so. */
export function cpuSecondsOf(pid: number): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S;
}
const CLOCK_TICKS_PER_S = 100;

/** Bytes of memory a process holds. */
export function residentBytesOf(pid: number): number {
  const pages = Number(fs.readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return pages * 4096;
}

/** The last line of a question's output: `scripts/bench.ts` reads it. */
export function report(answers: readonly Answer[]): void {
  for (const { what, value, goal, isMet } of answers) {
    console.log(`${what}: ${value}${goal ? ` (goal ${goal}: ${isMet ? "met" : "missed"})` : ""}`);
  }
  console.log(ANSWERS_MARK + JSON.stringify(answers));
}
export const ANSWERS_MARK = "answers: ";
