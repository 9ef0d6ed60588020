import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "./environment";

const windows = process.platform === "win32";
const ROTATE_ABOVE_BYTES = 10_000_000;

export interface Launch {
  program: string;
  args: string[];
  env?: Environment;
  cwd?: string;
  /** Everything the process prints goes to the end of this file. */
  log: string;
  /** Prints the output in this terminal as well. */
  echo?: boolean;
  uid?: number;
  gid?: number;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches it only through us and its children end with it. */
export function launch(what: Launch): ChildProcess {
  fs.mkdirSync(path.dirname(what.log), { recursive: true });
  if ((fs.statSync(what.log, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_ABOVE_BYTES) {
    fs.renameSync(what.log, `${what.log}.old`);
  }
  const log = fs.openSync(what.log, "a");
  fs.writeSync(log, `--- ${new Date().toISOString()} ${path.basename(what.program)} starts\n`);
  const child = spawn(what.program, what.args, {
    cwd: what.cwd,
    env: (what.env ?? process.env) as NodeJS.ProcessEnv,
    uid: what.uid,
    gid: what.gid,
    detached: !windows,
    windowsHide: true,
    stdio: what.echo ? ["ignore", "pipe", "pipe"] : ["ignore", log, log],
  });
  for (const [stream, terminal] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream?.on("data", (part: Buffer) => {
      terminal.write(part);
      fs.appendFileSync(what.log, part);
    });
  }
  // A program that cannot be started shows as an exit; without a listener Node would throw.
  child.on("error", (error) => fs.appendFileSync(what.log, `${error.message}\n`));
  fs.closeSync(log);
  return child;
}

/**
 * Runs `kill` when this process ends before it could tidy up: by Ctrl-C, by SIGTERM, because its parent was killed,
 * by an exit anywhere. Nothing can be awaited any more then. Returns what takes it back.
 */
export function whenWeEnd(kill: () => void): () => void {
  if (atEnd.size === 0) {
    process.once("exit", killAll).once("SIGINT", killAllAndUs).once("SIGTERM", killAllAndUs);
    process.once("disconnect", parentGone);
  }
  atEnd.add(kill);
  return () => {
    atEnd.delete(kill);
    if (atEnd.size > 0) return;
    process.off("exit", killAll).off("SIGINT", killAllAndUs).off("SIGTERM", killAllAndUs);
    process.off("disconnect", parentGone);
  };
}

const atEnd = new Set<() => void>();
const killAll = () => atEnd.forEach((kill) => kill());
// Not process.exit, which a test runner forbids: the signal comes again, and we listen no more.
const killAllAndUs = (signal: NodeJS.Signals) => {
  killAll();
  process.kill(process.pid, signal);
};
const parentGone = () => killAllAndUs("SIGKILL");

export const hasEnded = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Ends a process with everything it started: asks first, and kills after `graceMs`. */
export async function end(
  child: ChildProcess,
  graceMs = 8000,
  signal: NodeJS.Signals = "SIGTERM",
): Promise<void> {
  if (child.pid === undefined) return;
  const ended = hasEnded(child)
    ? Promise.resolve()
    : new Promise<void>((done) => child.once("exit", () => done()));
  if (!hasEnded(child)) signalGroup(child.pid, signal);
  if (!(await within(ended, graceMs))) signalGroup(child.pid, "SIGKILL");
  await within(ended, 5000);
  // The leader may be gone while something it started still runs.
  signalGroup(child.pid, "SIGKILL");
}

/** Sends a signal to a process and all that it started; a group that is gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    if (windows) execFileSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" });
    else process.kill(-pid, signal);
  } catch {
    // Nothing left to signal.
  }
}

/** Whether any process is left of the group that this process led. */
export function hasGroup(pid: number): boolean {
  return !windows && isAlive(-pid);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a running process, or "" when there is none: process numbers are given out again. */
export function commandOf(pid: number): string {
  if (!isAlive(pid)) return "";
  try {
    if (process.platform === "linux")
      return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    if (windows) {
      const query = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`;
      return execFileSync("powershell", ["-NoProfile", "-Command", query], { encoding: "utf8" });
    }
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}

export function lastLines(file: string, count = 12): string {
  if (!fs.existsSync(file)) return "";
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}

async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const done = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return done;
}

/** Asks `probe` until it is content; throws `sentence` when that takes too long or `given up` says why not. */
export async function waitFor(
  probe: () => Promise<boolean>,
  {
    timeoutMs,
    sentence,
    givenUp,
  }: { timeoutMs: number; sentence: string; givenUp?: () => string | undefined },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    if (await probe().catch(() => false)) return;
    const why = givenUp?.();
    if (why) throw new Error(why);
    if (Date.now() > deadline) throw new Error(`${sentence} (waited ${Math.round(timeoutMs / 1000)} s)`);
    await sleep(pauseMs);
  }
}

/** Whether the address answers over HTTP with anything but a server error. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: "manual" });
  await response.body?.cancel();
  return response.status < 500;
}
