import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { claimPort } from "../ports";
import { end, hasEnded, lastLines, launch, signalGroup, waitFor, type Launch } from "../processes";
import type { Secrets } from "../state";

/** What every service is given when it starts. */
export interface ServiceContext {
  /** The state folder: data in `<home>/<name>`, logs in `<home>/logs/<name>.log`. */
  home: string;
  root: string;
  secrets: Secrets;
  /** Tells the person at the terminal. */
  say(line: string): void;
  /** Called for each process, also one that was started again, so that a later start can find it. */
  started?(name: string, child: ChildProcess, mark: string): void;
  /** False for throw-away databases and mailboxes of tests, which trade safety for speed. */
  durable: boolean;
}

/** A running service: where it is reached, whether it answers, and how it ends. */
export interface Running<At> {
  name: string;
  at: At;
  ready(): Promise<void>;
  stop(): Promise<void>;
  /** Ends it as a crash would; it is then started again on the same port. */
  kill(): void;
}

/** The one shape of all local services. */
export interface Service<At, Options = void> {
  name: string;
  start(context: ServiceContext, options: Options): Promise<Running<At>>;
}

export interface Supervision {
  name: string;
  /** Made anew for each start. */
  launch: Omit<Launch, "log">;
  /** True when it answers. */
  probe(): Promise<boolean>;
  timeoutMs: number;
  /** Text that only its command line has: tells our process from another with the same number. */
  mark: string;
  signal?: NodeJS.Signals;
  graceMs?: number;
}

const RESTARTS_A_MINUTE = 5;

/** Runs a program as a service: log, readiness, word of its death with its last lines, and a new start on the same port. */
export async function supervise<At>(
  context: ServiceContext,
  at: At,
  what: Supervision,
): Promise<Running<At>> {
  const log = path.join(context.home, "logs", `${what.name}.log`);
  const restarts: number[] = [];
  let stopping = false;
  let child = begin();

  function begin(): ChildProcess {
    const made = launch({ ...what.launch, log });
    context.started?.(what.name, made, what.mark);
    made.once("exit", (code, signal) => {
      if (!stopping && wasReady) void recover(`${code ?? signal}`);
    });
    return made;
  }

  async function recover(how: string): Promise<void> {
    context.say(`${what.name} ended unexpectedly (${how}). Its last lines, from ${log}:\n${lastLines(log)}`);
    const now = Date.now();
    restarts.push(now);
    if (restarts.filter((at) => at > now - 60_000).length > RESTARTS_A_MINUTE) {
      context.say(
        `${what.name} ended ${RESTARTS_A_MINUTE} times within a minute and stays down: stop this run and look at ${log}.`,
      );
      return;
    }
    // What it had started may live on and hold its port.
    await end(child, 0);
    await new Promise((resolve) => setTimeout(resolve, 250 * restarts.length));
    if (stopping) return;
    const restarted = (child = begin());
    await ready().then(
      () => restarted === child && context.say(`${what.name} runs again.`),
      (error: Error) => restarted === child && !stopping && context.say(error.message),
    );
  }

  function ready(): Promise<void> {
    return waitFor(what.probe, {
      timeoutMs: what.timeoutMs,
      sentence: `${what.name} does not answer; its log is ${log}`,
      givenUp: () =>
        stopping
          ? `${what.name} was stopped before it answered.`
          : hasEnded(child) && !wasReady
            ? `${what.name} could not start. Its last lines, from ${log}:\n${lastLines(log)}`
            : undefined,
    });
  }

  let wasReady = false;
  const running: Running<At> = {
    name: what.name,
    at,
    ready,
    kill: () => void (child.pid && signalGroup(child.pid, "SIGKILL")),
    async stop() {
      stopping = true;
      await end(child, what.graceMs, what.signal);
    },
  };
  try {
    await ready();
  } catch (error) {
    await running.stop();
    throw error;
  }
  wasReady = true;
  return running;
}

/** Claims a port near the usual one, and says so when it is another. */
export async function portFor(context: ServiceContext, name: string, usual: number): Promise<number> {
  const port = await claimPort(usual);
  if (port !== usual) context.say(`${name}: port ${usual} is taken, using ${port}`);
  return port;
}
