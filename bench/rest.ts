// What does REST cost? A list by an API key against a bare route of the same server; and, within one process, what the
// limit and the audit log add to it and to a change.
import { atMost, inRounds, median, microsecondsEach, ratio, report, told, type Answer } from "./measure";
import { cpuEach, get, peopleOf, runningCopy } from "./running";

const copy = await runningCopy();
const { orgId, people } = await peopleOf(copy, 1);
const { userId } = people[0]!;
await copy.owner.query("update membership set role = 'owner' where org_id = $1", [orgId]);

const { createKey } = await import("../src/modules/api-keys");
const { record } = await import("../src/modules/audit");
const { newId, readTenant, withTenant } = await import("../src/server/db/with-tenant");
const { createRestHandler } = await import("../src/server/rest/handler");
const { closeClients } = await import("../src/server/db/client");
const { gates } = await import("../src/wiring/gates");
const { appRouter } = await import("../src/wiring/routers");

const trace = { correlationId: "bench", address: null };
const owner = { kind: "org", orgId, userId, role: "owner", trace } as const;
const { key } = await withTenant(owner, (scope) =>
  createKey(scope, { name: "Bench", scopes: ["crm:read", "crm:write"], expiresAt: null }),
);
const headers = { authorization: `Bearer ${key}` };
const answers: Answer[] = [];

// ── Over HTTP, against the smallest route there is. ──
const bare = () => get(`${copy.app}/api/health/live`, {});
const list = () => get(`${copy.app}/api/v1/companies?limit=25`, headers);
const cpu = await inRounds(["bare", "list"], (name) =>
  name === "bare" ? cpuEach(copy.processes, bare, 800) : cpuEach(copy.processes, list, 400),
);
answers.push(
  told("CPU of a bare route", `${median(cpu.bare).toFixed(2)} ms`),
  told("CPU of a REST list by an API key", `${median(cpu.list).toFixed(2)} ms`),
  atMost("CPU a request, REST list by a key to bare route", ratio(cpu.list, cpu.bare), 3),
);

// ── Within one process: what each guard adds. A route written by hand does the same query and nothing else. ──
const unlimited: typeof gates.limit = async () => ({
  state: { limit: 1, windowS: 1, remaining: 1, resetS: 1 },
  refusal: null,
});
// Whoever asks is known already: nothing is noted of the key's use.
const asked = await gates.session(key, trace);
const handlers = {
  "by hand": async () =>
    Response.json(
      await readTenant(owner, ({ db }) =>
        db.company.findMany({ where: { orgId }, take: 25, orderBy: { id: "desc" } }),
      ),
    ),
  "without limit": createRestHandler(appRouter, { ...gates, limit: unlimited }),
  "without audit": createRestHandler(appRouter, { ...gates, session: async () => asked }),
  whole: createRestHandler(appRouter, gates),
};
const call = async (handler: (request: Request) => Promise<Response>, method = "GET", body?: object) => {
  const response = await handler(
    new Request(`${copy.app}/api/v1/companies${method === "GET" ? "?limit=25" : ""}`, {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`answered ${response.status}`);
};
const names = ["by hand", "without limit", "without audit", "whole"] as const;
const within = await inRounds(names, (name) => microsecondsEach(() => call(handlers[name]), 300, 4));
answers.push(
  told(
    "REST list to a route by hand with a query alone",
    `${ratio(within.whole, within["by hand"]).toFixed(2)}×`,
  ),
  atMost("REST list, with the limit to without", ratio(within.whole, within["without limit"]), 1.15),
  atMost("REST list, noting the key's use to without", ratio(within.whole, within["without audit"]), 1.15),
);

// ── A change: its audit entry in the same transaction, and the whole request. ──
const insert = (isAudited: boolean) =>
  withTenant(owner, async (scope) => {
    const id = newId();
    await scope.db.company.create({ data: { id, orgId, name: `Bench ${id}` }, select: { id: true } });
    if (isAudited)
      await record(scope, {
        action: "company.created",
        target: { type: "company", id },
        after: { name: id },
      });
  });
const changes = await inRounds(["unaudited", "audited"], (name) =>
  microsecondsEach(() => insert(name === "audited"), 150, 4),
);
const post = await inRounds(["without limit", "whole"], (name) =>
  microsecondsEach(() => call(handlers[name], "POST", { name: `Bench ${newId()}` }), 100, 4),
);
answers.push(
  told(
    "a change with its audit entry to one without",
    `${ratio(changes.audited, changes.unaudited).toFixed(2)}×`,
  ),
  told("REST creation to the change alone", `${ratio(post.whole, changes.unaudited).toFixed(2)}×`),
  atMost("REST creation, with the limit to without", ratio(post.whole, post["without limit"]), 1.15),
);

report(answers);
await closeClients();
await copy.end();
process.exit(0);
