import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { bootstrap, connected, roleUrl, ROLES, withDatabase } from "./database/bootstrap";
import { generateClient } from "./database/generate";
import { migrate } from "./database/migrate";
import {
  appEnvironment,
  TAKEN_OVER_BY,
  type Environment,
  type LocalService,
  type Offered,
} from "./environment";
import { claimPort, giveBackPorts } from "./ports";
import { commandOf, hasGroup, isAlive, lastLines, launch, signalGroup, waitFor } from "./processes";
import { app } from "./services/app";
import { google } from "./services/google";
import { inngest, inngestDatabase } from "./services/inngest";
import { findInngest } from "./services/inngest-binary.mjs";
import { mail } from "./services/mail";
import { postgres } from "./services/postgres";
import { s3 } from "./services/s3";
import { stripe } from "./services/stripe";
import type { Running, ServiceContext } from "./services/service";
import {
  homeFolder,
  readReached,
  readRun,
  removeRun,
  secretsOf,
  writeReached,
  writeRun,
  type Reached,
  type Run,
  type Secrets,
} from "./state";

const DATABASE = "tenantry";
const USUAL_APP_PORT = 3000;

export interface StackOptions {
  mode: "development" | "production";
  /** The person's own environment; what it sets wins over the local services. */
  env?: Environment;
  home?: string;
  say?(line: string): void;
  /** Waits for a server that is still being built; otherwise the app starts without it. */
  waitForInngest?: boolean;
  inngestRetryIntervalS?: number;
}

export interface Stack {
  home: string;
  reached: Reached;
  /** The app's environment, for the seed and for tests that act as the app does. */
  environment: Environment;
  /** Settles when jobs run; until then they wait. */
  inngestReady: Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything once, side by side. Whatever goes wrong, what had started is ended again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const own = options.env ?? process.env;
  const say = options.say ?? console.log;
  const root = process.cwd();
  const home = options.home ?? homeFolder(own);
  fs.mkdirSync(home, { recursive: true });
  await endLeftovers(home, say);

  const run: Run = { supervisor: process.pid, children: {} };
  writeRun(home, run);
  const secrets = secretsOf(home);
  const context: ServiceContext = {
    home,
    root,
    secrets,
    say,
    durable: true,
    started(name: string, child: ChildProcess, mark: string) {
      if (child.pid) run.children[name] = { pid: child.pid, mark };
      writeRun(home, run);
    },
  };

  const starting: Promise<Running<unknown>>[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopAll(starting, home));
  const start = <At>(running: Promise<Running<At>>) => {
    starting.push(running);
    // A failure is told where the service is awaited; here it only must not count as unhandled.
    running.catch(() => {});
    return running;
  };

  try {
    const wanted = Number(own.PORT) || USUAL_APP_PORT;
    const port = await claimPort(wanted);
    if (port !== wanted) say(`app: port ${wanted} is taken, using ${port}`);
    const url = `http://localhost:${port}`;
    const local = (service: LocalService) => !own[TAKEN_OVER_BY[service]];

    const mailing = local("mail") ? start(mail.start(context)) : undefined;
    const storing = local("s3") ? start(s3.start(context, { app: url })) : undefined;
    const signing = local("google") ? start(google.start(context, { app: url })) : undefined;
    const paying = local("stripe") ? start(stripe.start(context, { app: url })) : undefined;
    const database = local("postgres")
      ? await prepareDatabase((await start(postgres.start(context))).at.superuser, secrets)
      : undefined;

    // The app is told the address before the server is there, so the port is claimed by this very process first.
    const offered: Offered = {
      app: url,
      home,
      secrets,
      postgres: database,
      smtp: (await mailing)?.at.smtp,
      s3: (await storing)?.at,
      google: (await signing)?.at,
      stripe: (await paying)?.at,
    };
    const inngestPort = local("inngest") ? await claimPort(8288) : undefined;
    if (inngestPort && inngestPort !== 8288) say(`inngest: port 8288 is taken, using ${inngestPort}`);
    if (inngestPort) offered.inngest = `http://127.0.0.1:${inngestPort}`;

    generateClient(root);
    const owner = database?.owner ?? own.DATABASE_OWNER_URL;
    if (owner) {
      const applied = await migrate(owner);
      if (applied.length) say(`database: applied ${applied.join(", ")}`);
    } else {
      say("database: DATABASE_URL is yours and DATABASE_OWNER_URL is not set, so nothing was migrated");
    }

    const environment = appEnvironment(offered, own);
    const isThere = inngestPort === undefined || findInngest(root) !== undefined;
    if (!isThere) say("inngest: not on this machine yet; the app starts meanwhile, and jobs wait for it");
    const engine =
      inngestPort === undefined
        ? Promise.resolve()
        : start(
            inngest.start(context, {
              app: url,
              port: inngestPort,
              database: database && (await inngestDatabase(database.superuser, secrets.passwords.inngest)),
              retryIntervalS: options.inngestRetryIntervalS,
            }),
          ).then(() => {});
    engine.catch(() => {});

    const reached: Reached = {
      app: url,
      postgres: database,
      inngest: offered.inngest,
      mail: (await mailing)?.at.web,
      smtp: offered.smtp,
      s3: offered.s3?.url,
      google: offered.google?.issuer,
      stripe: offered.stripe?.url,
      keys: offered.inngest
        ? { inngestEvent: secrets.inngestEventKey, inngestSigning: secrets.inngestSigningKey }
        : undefined,
    };
    writeReached(home, reached);
    const answering = start(app.start(context, { mode: options.mode, url, environment }));
    // The server looks at the app's functions only now and then: told of them, it knows them at once.
    const inngestReady = Promise.all([engine, answering]).then(() => register(url));
    inngestReady.catch(() => {});
    await Promise.all([
      database && seedDatabase(context, environment),
      answering,
      isThere || options.waitForInngest ? inngestReady : undefined,
    ]);
    return { home, reached, environment, inngestReady, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function register(app: string): Promise<void> {
  const response = await fetch(`${app}/api/inngest`, { method: "PUT", signal: AbortSignal.timeout(60_000) });
  if (!response.ok)
    throw new Error(
      `the app's functions could not be registered (PUT /api/inngest answered ${response.status})`,
    );
}

/** The app first, so that it can finish its work; the database last. */
async function stopAll(starting: Promise<Running<unknown>>[], home: string): Promise<void> {
  const settled = await Promise.allSettled(starting);
  const running = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  await Promise.all(running.filter(({ name }) => name === "app").map((service) => service.stop()));
  await Promise.all(
    running.filter(({ name }) => name !== "app" && name !== "postgres").map((service) => service.stop()),
  );
  await Promise.all(running.filter(({ name }) => name === "postgres").map((service) => service.stop()));
  giveBackPorts();
  removeRun(home);
}

async function prepareDatabase(superuser: string, secrets: Secrets): Promise<Required<Reached>["postgres"]> {
  await bootstrap(superuser, DATABASE, secrets.passwords);
  await connected(withDatabase(superuser, DATABASE), (admin) =>
    admin.query("create extension if not exists pg_stat_statements"),
  );
  const url = (kind: keyof typeof ROLES) =>
    roleUrl(superuser, ROLES[kind], secrets.passwords[kind], DATABASE);
  return { owner: url("owner"), app: url("app"), system: url("system"), superuser };
}

/** In a process of its own, with the app's settings: its connections and caches end with it. */
async function seedDatabase(context: ServiceContext, environment: Environment): Promise<void> {
  const log = path.join(context.home, "logs", "seed.log");
  const child = launch({
    program: process.execPath,
    args: ["--import", "tsx", "--conditions=react-server", path.join(context.root, "scripts", "seed.ts")],
    cwd: context.root,
    env: environment,
    log,
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0)
    throw new Error(`The demo data could not be written. The last lines of ${log}:\n${lastLines(log)}`);
}

/**
 * A killed run leaves its services behind: they are ended, if they are truly ours. A living run is not disturbed,
 * unless `alsoLiving` asks it to end itself.
 */
export async function endLeftovers(
  home: string,
  say: (line: string) => void,
  alsoLiving = false,
): Promise<void> {
  const run = readRun(home);
  if (!run) return;
  const supervisorLives = run.supervisor !== process.pid && /scripts[\\/]\w+/.test(commandOf(run.supervisor));
  if (supervisorLives && !alsoLiving) {
    const where = readReached(home)?.app ?? home;
    throw new Error(
      `Tenantry runs already at ${where} (process ${run.supervisor}): use it, end it with Ctrl-C, or set TENANTRY_HOME and PORT for a second one.`,
    );
  }
  const ours = Object.entries(run.children).filter(([, { pid, mark }]) => isOurs(pid, mark));
  if (supervisorLives) process.kill(run.supervisor, "SIGTERM");
  else {
    for (const [name, { pid }] of ours) {
      say(`${name}: ending what an earlier run left (process ${pid})`);
      signalGroup(pid, name === "postgres" ? "SIGINT" : "SIGKILL");
    }
  }
  await waitFor(
    async () => !(supervisorLives && isAlive(run.supervisor)) && !ours.some(([, { pid }]) => isAlive(pid)),
    {
      timeoutMs: 20_000,
      sentence: `What an earlier run left in ${home} does not end: end it by hand (run.json there names the processes)`,
    },
  );
  removeRun(home);
}

/** A number is given to no new process while its group lives: a group without its leader is what ours left. */
function isOurs(pid: number, mark: string): boolean {
  return isAlive(pid) ? commandOf(pid).includes(mark) : hasGroup(pid);
}
