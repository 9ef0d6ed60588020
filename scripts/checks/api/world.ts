/**
 * What the API is asked about: records of the demo organization, made through the API itself. `hooks.py` puts their ids in
 * the place of invented ones, so that an operation is asked for what is there.
 */
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { tenantry } from "../../../clients/typescript";
import { waitFor } from "../../processes";

/** A request that makes a record of its own for each question; `{id}` stands for an id that an earlier answer gave. */
type Making = [method: "POST" | "DELETE", path: string, body?: object];

/** Ids by their names in the path: of things that stay (taken in turn), or of one made for the question. */
export type Aim =
  | { known: Record<string, string>[] }
  | { made: Making[]; as: Record<string, /* field of the first answer */ string> };

export interface World {
  /** By operation, as schemathesis calls it: "GET /api/v1/companies/{id}". */
  aims: Record<string, Aim>;
  /** What the document's examples say that can be there once, or is called: said in its place. `{new}` is new each time. */
  instead: Record<string, string>;
}

const CSV = "Name,Website\nKestrel Freight,kestrel.example\nHarbour Works,not a domain\n";
/** More than a run starts: what a started import answers is no success. */
const READY_IMPORTS = 5;
const FAILED_ENDPOINTS = 4;

type Client = ReturnType<typeof tenantry>;
type Event = "company.created" | "organization.plan_changed";

/** Makes the world; `end` closes its receiver. */
export async function makeWorld(p: {
  app: string;
  token: string;
  organization: string;
  /** The tables' owner: lifts the limit of members, which no route can. */
  database: string;
}): Promise<World & { end(): void }> {
  const api = tenantry({ key: p.token, organization: p.organization, baseUrl: p.app });
  await liftMemberLimit(p.database, p.organization);
  const { server, url } = await receive();

  // What an earlier pass added counts against how many there may be.
  const before = await theOne(api.GET("/api/v1/webhooks"));
  for (const { id } of before.data) await api.DELETE("/api/v1/webhooks/{id}", { params: { path: { id } } });

  const nth = randomUUID().slice(0, 8);
  const company = await theOne(api.POST("/api/v1/companies", { body: { name: "Kestrel Freight" } }));
  const contact = await theOne(api.POST("/api/v1/contacts", { body: { last_name: "Lovelace" } }));
  const tag = await theOne(api.POST("/api/v1/tags", { body: { name: `Asked about ${nth}` } }));
  const invitation = await theOne(
    api.POST("/api/v1/invitations", { body: { emails: [`asked-${nth}@example.test`], role: "member" } }),
  );
  const members = await theOne(api.GET("/api/v1/members"));
  const others = members.data.filter((member) => !member.is_you).map(({ user_id }) => ({ user_id }));
  if (others.length === 0) throw new Error(`${p.organization} has no member but the owner left`);

  const uploaded = async () => {
    const begun = await theOne(
      api.POST("/api/v1/imports", {
        body: { entity: "company", file_name: "companies.csv", size_bytes: CSV.length },
      }),
    );
    const put = await fetch(begun.url, { method: "PUT", headers: begun.headers, body: CSV });
    if (!put.ok) throw new Error(`the file of an import was not taken: ${put.status}`);
    await theOne(api.POST("/api/v1/imports/{id}/inspection", { params: { path: { id: begun.id } } }));
    return { id: begun.id };
  };
  const inspected = await uploaded();
  const ready = [];
  for (let made = 0; made < READY_IMPORTS; made++) ready.push(await uploaded());

  const started = await theOne(api.POST("/api/v1/exports", { body: { list: "companies" } }));
  const exported = { id: started.id };
  await waitFor(
    async () =>
      (await theOne(api.GET("/api/v1/exports/{id}", { params: { path: exported } }))).status === "finished",
    { timeoutMs: 60_000, sentence: "The export that the API is asked about is not finished" },
  );

  const endpoint = async (description: string, to = url, event: Event = "company.created") => {
    const made = await theOne(
      api.POST("/api/v1/webhooks", { body: { url: to, description, event_types: [event] } }),
    );
    return { id: made.endpoint.id };
  };
  const read = await endpoint("Read");
  const changed = await endpoint("Changed");
  const failed = [];
  for (let made = 0; made < FAILED_ENDPOINTS; made++)
    // Hears of nothing that happens here: an event of an earlier pass, still under way, must not find it gone first.
    failed.push(await endpoint("Failed", `${url}/gone-${made}`, "organization.plan_changed"));
  for (const path of failed) await fail(api, path);
  const sent = await theOne(api.POST("/api/v1/webhooks/{id}/test", { params: { path: read } }));
  const delivery = { id: sent.delivery_id };
  const entries = await theOne(api.GET("/api/v1/audit-entries"));

  const records = (many: "companies" | "contacts", id: string, body: object): Record<string, Aim> => {
    const at = `/api/v1/${many}`;
    const own = { as: { id: "id" } };
    const tagged = { known: [{ id, tag_id: tag.id }] };
    return {
      [`GET ${at}/{id}`]: { known: [{ id }] },
      [`PATCH ${at}/{id}`]: { known: [{ id }] },
      [`DELETE ${at}/{id}`]: { made: [["POST", at, body]], ...own },
      [`POST ${at}/{id}/restore`]: {
        made: [
          ["POST", at, body],
          ["DELETE", `${at}/{id}`],
        ],
        ...own,
      },
      [`PUT ${at}/{id}/tags/{tag_id}`]: tagged,
      [`DELETE ${at}/{id}/tags/{tag_id}`]: tagged,
    };
  };
  const one = (id: { id: string }): Aim => ({ known: [id] });
  const fresh = (path: string, body: object, field = "id"): Aim => ({
    made: [["POST", path, body]],
    as: { id: field },
  });

  const aims: Record<string, Aim> = {
    "GET /api/v1/audit-entries/{id}": { known: entries.data.slice(0, 5).map(({ id }) => ({ id })) },
    ...records("companies", company.id, { name: "Short-lived" }),
    ...records("contacts", contact.id, { last_name: "Short-lived" }),
    "GET /api/v1/exports/{id}": one(exported),
    "POST /api/v1/exports/{id}/download": one(exported),
    "GET /api/v1/imports/{id}": one(inspected),
    "GET /api/v1/imports/{id}/refusals": one(inspected),
    "POST /api/v1/imports/{id}/inspection": one(inspected),
    "POST /api/v1/imports/{id}/start": { known: ready },
    "DELETE /api/v1/imports/{id}": fresh("/api/v1/imports", {
      entity: "contact",
      file_name: "contacts.csv",
      size_bytes: 100,
    }),
    "POST /api/v1/invitations/{id}/resend": one({ id: invitation.invitations[0]!.id }),
    "DELETE /api/v1/invitations/{id}": fresh(
      "/api/v1/invitations",
      { emails: ["{new}@example.test"], role: "member" },
      "invitations.0.id",
    ),
    "GET /api/v1/jobs/{id}": one({ id: started.job_id }),
    "POST /api/v1/jobs/{id}/cancel": fresh("/api/v1/exports", { list: "contacts" }, "job_id"),
    "POST /api/v1/jobs/{id}/reruns": one({ id: started.job_id }),
    "GET /api/v1/members/{user_id}": { known: others.slice(0, 1) },
    "PATCH /api/v1/members/{user_id}": { known: others.slice(0, 1) },
    "DELETE /api/v1/members/{user_id}": { known: others.slice(-1) },
    "PATCH /api/v1/tags/{id}": one({ id: tag.id }),
    "DELETE /api/v1/tags/{id}": fresh("/api/v1/tags", { name: "{new}" }),
    "GET /api/v1/webhooks/{id}": one(read),
    "PATCH /api/v1/webhooks/{id}": one(changed),
    "DELETE /api/v1/webhooks/{id}": fresh(
      "/api/v1/webhooks",
      { url, event_types: ["contact.created"] },
      "endpoint.id",
    ),
    "GET /api/v1/webhooks/{endpoint_id}/deliveries": { known: [{ endpoint_id: read.id }] },
    "POST /api/v1/webhooks/{id}/replay-failed": { known: failed },
    "POST /api/v1/webhooks/{id}/rotate-secret": one(read),
    "POST /api/v1/webhooks/{id}/test": one(read),
    "GET /api/v1/webhook-deliveries/{id}": one(delivery),
    "POST /api/v1/webhook-deliveries/{id}/replay": one(delivery),
  };
  const instead = {
    "https://example.com/hooks": url,
    "Key account": "{new}",
    "analytical.example": "{new}.example",
    "ada@analytical.example": "{new}@analytical.example",
    "ada@example.com": "{new}@example.test",
  };
  return { aims, instead, end: () => void server.close() };
}

/** What a call answered; a refusal is the end of the run. */
async function theOne<Data>(calling: Promise<{ data?: Data; error?: unknown; response: Response }>) {
  const { data, error, response } = await calling;
  if (data === undefined)
    throw new Error(`the world could not be made: ${response.url} answered ${JSON.stringify(error)}`);
  return data;
}

/**
 * Leaves the endpoint, which answers 410 the first time, with a delivery that failed, and switched on again.
 */
async function fail(api: Client, path: { id: string }): Promise<void> {
  await theOne(api.POST("/api/v1/webhooks/{id}/test", { params: { path } }));
  const standing = async () => (await theOne(api.GET("/api/v1/webhooks/{id}", { params: { path } }))).status;
  await waitFor(async () => (await standing()) === "disabled", {
    timeoutMs: 60_000,
    sentence: "A webhook whose receiver is gone was not switched off",
  });
  await theOne(api.PATCH("/api/v1/webhooks/{id}", { params: { path }, body: { active: true } }));
}

/** A receiver of webhooks that is content with everything but the first call of an address that says that it is gone. */
async function receive(): Promise<{ server: Server; url: string }> {
  const gone = new Set<string>();
  const server = createServer((request, response) => {
    const at = request.url ?? "";
    const isGone = at.includes("/gone-") && !gone.has(at);
    gone.add(at);
    request.resume().once("end", () => response.writeHead(isGone ? 410 : 204).end());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  server.unref();
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks` };
}

async function liftMemberLimit(database: string, slug: string): Promise<void> {
  const owner = new pg.Client({ connectionString: database });
  await owner.connect();
  await owner.query(
    `insert into entitlement_override (id, org_id, feature, "limit", reason)
     select gen_random_uuid(), id, 'members', -1, 'tests of the API' from organization o where slug = $1
       and not exists (select from entitlement_override e where e.org_id = o.id and e.feature = 'members')`,
    [slug],
  );
  await owner.end();
}
