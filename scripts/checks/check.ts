import { spawn } from "node:child_process";

/** Counts of tests; a check that is no test counts as one. */
export interface Outcome {
  passed: number;
  failed: number;
  /** What failed, in words, where a check knows more than that it did: repeated at the very end. */
  failures?: string[];
  /** What passed at its second try only: told at the very end too, and no failure. */
  unsteady?: string[];
}

export interface Check {
  /** Also its name on the command line: `npm run test:<name>`. */
  name: string;
  title: string;
  run(args: string[]): Promise<Outcome>;
}

/** A tool that this machine lacks: told, and a failure only where everything must have run (CI=true). */
export class ToolMissing extends Error {
  constructor(
    readonly tool: string,
    readonly cure: string,
  ) {
    super(`needs ${tool}: ${cure}`);
  }
}

export const passed: Outcome = { passed: 1, failed: 0 };
export const failed: Outcome = { passed: 0, failed: 1 };

/** Prints each sentence about what is wrong; none means passed. */
export function verdict(wrong: string[], fine: string): Outcome {
  for (const sentence of wrong) console.log(sentence);
  if (wrong.length === 0) console.log(fine);
  return wrong.length === 0 ? passed : failed;
}

/** Runs a script of a package under this Node, its output in this terminal; the exit code. */
export function runNode(args: string[], env: Record<string, string> = {}): Promise<number> {
  return run(process.execPath, args, env);
}

export function run(program: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
  const forget = whenInterrupted(async () => {
    child.kill("SIGINT");
    // A test runner may want to finish its running tests first; whoever interrupts does not.
    const late = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(late);
  });
  return ended.finally(forget);
}

const endings: (() => Promise<unknown>)[] = [];

/** Keeps Ctrl-C from leaving anything behind: the newest is ended first. Returns what takes it back. */
export function whenInterrupted(end: () => Promise<unknown>): () => void {
  endings.push(end);
  return () => void endings.splice(endings.indexOf(end), 1);
}

export async function endAll(): Promise<void> {
  for (const end of [...endings].reverse()) await end().catch(() => {});
}

/** A check that is one program: its exit code decides. */
export function program(name: string, title: string, args: string[]): Check {
  return { name, title, run: async () => ((await runNode(args)) === 0 ? passed : failed) };
}
