/** The production build on its local services, with as many signed-in people as a question needs. */
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { spawn, type ChildProcess } from "node:child_process";
import pg from "pg";
import superjson from "superjson";
import { claimPort } from "../scripts/ports";
import { answers, signalGroup, waitFor, whenWeEnd } from "../scripts/processes";
import { startStack } from "../scripts/stack";
import { readRun } from "../scripts/state";
import { cpuSecondsOf, residentBytesOf } from "./measure";

export interface Person {
  userId: string;
  sessionId: string;
  token: string;
}

export type RunningCopy = Awaited<ReturnType<typeof runningCopy>>;

/** Starts a copy in a folder of its own; `end` throws it away. Needs `npm run build` before. */
export async function runningCopy() {
  if (!fs.existsSync(".next/standalone/server.js")) {
    throw new Error("There is no production build yet: run `npm run build` first.");
  }
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-bench-"));
  fs.chmodSync(home, 0o711);
  const stack = await startStack({
    mode: "production",
    env: { ...process.env, LOG_LEVEL: "WARNING", WEB_CONCURRENCY: "1" },
    home,
    say: () => {},
    waitForInngest: true,
  });
  Object.assign(process.env, stack.environment);
  const owner = new pg.Pool({ connectionString: stack.reached.postgres!.owner, max: 2 });
  owner.on("error", () => {}); // the server may be gone before the pool is
  const servers: ChildProcess[] = [];
  const forget = whenWeEnd(() => {
    for (const server of servers) signalGroup(server.pid!, "SIGKILL");
    for (const [name, { pid }] of Object.entries(readRun(home)?.children ?? {})) {
      signalGroup(pid, name === "postgres" ? "SIGINT" : "SIGKILL");
    }
    fs.rmSync(home, { recursive: true, force: true });
  });
  return {
    app: stack.reached.app,
    home,
    owner,
    /** Every process of the app: the one that serves nothing, and its workers. */
    processes: () => withChildren(readRun(home)!.children.app!.pid),
    /** The same app once more on the same services, with so many processes. */
    async anotherServer(concurrency: number) {
      const port = await claimPort(4000);
      const url = `http://localhost:${port}`;
      const server = spawn(process.execPath, ["scripts/start.mjs"], {
        env: {
          ...stack.environment,
          NODE_ENV: "production",
          WEB_CONCURRENCY: String(concurrency),
          PORT: String(port),
          APP_URL: stack.reached.app,
        },
        stdio: "ignore",
        detached: true,
      });
      servers.push(server);
      await waitFor(() => answers(`${url}/api/health/live`), {
        timeoutMs: 60_000,
        sentence: "The server did not start",
      });
      return { url, processes: () => withChildren(server.pid!) };
    },
    async end() {
      for (const server of servers) signalGroup(server.pid!, "SIGTERM");
      await owner.end();
      await stack.stop();
      forget();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

/** `count` members of one new organization, signed in; it holds 500 companies. */
export async function peopleOf(
  copy: RunningCopy,
  count: number,
): Promise<{ slug: string; orgId: string; people: Person[] }> {
  const { signSession } = await import("../src/server/auth/session-token");
  const { newId } = await import("../src/server/db/ids");
  const orgId = newId();
  const slug = `bench-${orgId.slice(-12)}`;
  const ids = Array.from({ length: count }, () => ({ userId: newId(), sessionId: newId() }));
  const [userIds, sessionIds] = [ids.map(({ userId }) => userId), ids.map(({ sessionId }) => sessionId)];
  const run = (text: string, ...values: unknown[]) => copy.owner.query(text, values);
  await run(`insert into organization (id, name, slug) values ($1, 'Bench', $2)`, orgId, slug);
  await run(`insert into organization_slug (slug, org_id) values ($1, $2)`, slug, orgId);
  await run(
    `insert into organization_plan (org_id, plan, source, period_anchor) values ($1, 'ENTERPRISE', 'staff', now())`,
    orgId,
  );
  await run(
    `insert into "user" (id, email, name, email_verified_at) select id, id || '@bench.test', 'Bench', now() from unnest($1::uuid[]) id`,
    userIds,
  );
  await run(
    `insert into session (id, user_id, method, expires_at)
     select session, person, 'email', now() + interval '1 day' from unnest($1::uuid[], $2::uuid[]) as u(session, person)`,
    sessionIds,
    userIds,
  );
  await run(
    `insert into membership (id, org_id, user_id, role, user_name, user_email)
     select gen_random_uuid(), $1, id, 'member', 'Bench', id || '@bench.test' from unnest($2::uuid[]) id`,
    orgId,
    userIds,
  );
  await run(
    `insert into company (id, org_id, name, created_at)
     select gen_random_uuid(), $1, 'Company ' || c, now() - c * interval '1 minute' from generate_series(1, 500) c`,
    orgId,
  );
  await run("analyze company");
  const people = await Promise.all(
    ids.map(async (id) => ({ ...id, token: await signSession(id.userId, id.sessionId) })),
  );
  return { slug, orgId, people };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 2_000 });

/** One GET over a kept connection. @returns milliseconds from `startedAt`. @throws when it is not answered with 200. */
export function get(
  url: string,
  headers: http.OutgoingHttpHeaders = {},
  startedAt = performance.now(),
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = http.get(url, { agent, headers }, (response) => {
      response.on("error", reject);
      response.resume().on("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`${new URL(url).pathname} answered ${response.statusCode}`));
      });
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      // A kept connection that the server closed at this very moment: any client asks again.
      if (error.code === "ECONNRESET" && asked.reusedSocket)
        get(url, headers, startedAt).then(resolve, reject);
      else reject(error);
    });
  });
}

/** The address and headers of the list of companies, as the dashboard asks for it. */
export function companyList(app: string, slug: string, { token }: Person) {
  const input = encodeURIComponent(JSON.stringify({ 0: superjson.serialize({}) }));
  return {
    url: `${app}/api/trpc/crm.companies.list?batch=1&input=${input}`,
    headers: { authorization: `Bearer ${token}`, "x-tenantry-org": slug },
  };
}

function withChildren(pid: number): number[] {
  const children = fs
    .readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .map(Number);
  return [pid, ...children.flatMap(withChildren)];
}

export const cpuSecondsOfAll = (pids: number[]): number =>
  pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
export const residentBytesOfAll = (pids: number[]): number =>
  pids.reduce((sum, pid) => sum + residentBytesOf(pid), 0);

/** CPU milliseconds of the server's processes a request, 8 in flight. */
export async function cpuEach(
  processes: () => number[],
  ask: () => Promise<unknown>,
  requests: number,
): Promise<number> {
  const pids = processes();
  const before = cpuSecondsOfAll(pids);
  let left = requests;
  const worker = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return ((cpuSecondsOfAll(pids) - before) * 1_000) / requests;
}
