// The API as programs meet it: one way in, one way to page, to fail, to be sent twice, and to change what somebody else
// changes too. Asked of the real handler over the real routers and gates.
import fs from "node:fs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { withTenant } from "~/server/db/with-tenant";
import { ask, programOf, type Program } from "~/testing/rest";
import { asOwner, testOrg, unique, type TestOrg } from "~/testing/tenants";

let org: TestOrg;
let call: Program;
beforeAll(async () => {
  org = await testOrg();
  call = await programOf(org);
});
afterEach(() => clock.setOffset(0));

type Documented = {
  paths: Record<
    string,
    { get?: { parameters: { name: string; in: string; schema: { enum?: unknown; anyOf?: unknown } }[] } }
  >;
};

const domain = () => `${unique("site")}.example`;
async function company(values: Record<string, unknown> = {}) {
  const made = await call("POST", "/companies", { body: { name: unique("Company"), ...values } });
  expect(made.status).toBe(201);
  return { id: String(made.body.id), etag: made.headers.get("etag")!, made };
}
const countOf = async (name: string) =>
  (await asOwner<{ n: number }>("select count(*)::int as n from company where name = $1", [name]))[0]!.n;

describe("who may call", () => {
  it("is nobody without a token, nor with a cookie alone", async () => {
    const user = org.users[0]!;
    const { signSession, SESSION_COOKIE } = await import("~/server/auth/session-token");
    const cookie = `${SESSION_COOKIE}=${await signSession(user.userId, user.sessionId)}`;
    const strangers: Record<string, string>[] = [
      {},
      { cookie },
      { authorization: "Bearer not-a-token" },
      { authorization: "Basic eA==" },
    ];
    for (const headers of strangers) {
      const told = await ask("GET", "/companies", { headers: { "x-tenantry-org": org.slug, ...headers } });
      expect(told.status).toBe(401);
      expect(told.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(told.body).toMatchObject({ code: "kernel.unauthenticated", status: 401 });
    }
  });

  it("is told of another organization’s records that they are not there, whatever the method", async () => {
    const { id } = await company();
    const stranger = await programOf(await testOrg());
    for (const [method, path, body] of [
      ["GET", `/companies/${id}`],
      ["PATCH", `/companies/${id}`, { name: "Mine now" }],
      ["DELETE", `/companies/${id}`],
      ["POST", `/companies/${id}/restore`],
      ["PUT", `/companies/${id}/tags/${newId()}`],
    ] as const) {
      const told = await stranger(method, path, body && { body });
      expect([method, told.status]).toEqual([method, 404]);
    }
    expect((await call("GET", `/companies/${id}`)).status).toBe(200);
  });

  it("is a read-only member for reading alone", async () => {
    const reader = await programOf(org, "readonly");
    expect((await reader("GET", "/companies")).status).toBe(200);
    const told = await reader("POST", "/companies", { body: { name: "No" } });
    expect(told.status).toBe(403);
    expect(told.body).toMatchObject({ code: "kernel.forbidden", error: { permission: "crm.write" } });
  });
});

describe("the wire", () => {
  it("speaks snake_case and ISO 8601 in both directions, and no superjson", async () => {
    const { made } = await company({ employee_count: 42, country_code: "DE", domain: domain() });
    expect(made.body).toMatchObject({ employee_count: 42, country_code: "DE", owner: { is_me: true } });
    expect(made.body.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(Object.keys(made.body).filter((name) => /[A-Z]/.test(name))).toEqual([]);
    expect(made.body).not.toHaveProperty("json");
    expect(made.headers.get("location")).toBe(`/api/v1/companies/${String(made.body.id)}`);
    expect(made.headers.get("x-correlation-id")).toMatch(/^[\w-]{8,64}$/);
  });

  it("refuses names that it does not know, in body and address, and says which one is like it", async () => {
    const body = await call("POST", "/companies", { body: { name: "A", countryCode: "DE", colour: "red" } });
    expect(body.status).toBe(400);
    expect(body.body.errors).toEqual({
      countryCode: ["There is no field of this name. Write country_code."],
      colour: ["There is no field of this name. Leave it out."],
    });
    const address = await call("GET", "/companies?ownr=mine&limit=2&limit=3");
    expect(Object.keys(address.body.errors as object).sort()).toEqual(["limit", "ownr"]);
    const id = await call("POST", "/companies", { body: { name: "A", id: newId() } });
    expect(id.status).toBe(400);
  });

  it("refuses a filter whose value the document does not know, rather than answer everything", async () => {
    const { paths } = JSON.parse(fs.readFileSync("docs/openapi.json", "utf8")) as Documented;
    const filters = Object.entries(paths).flatMap(([path, { get }]) =>
      (get?.parameters ?? [])
        .filter(({ in: place, schema }) => place === "query" && (schema.enum ?? schema.anyOf))
        .map(
          ({ name }) => `${path.replace("/api/v1", "").replace("{meter}", "jobs")}?${name}=not-one-of-them`,
        ),
    );
    expect(filters.length).toBeGreaterThan(5);
    for (const filter of filters) {
      const told = await call("GET", filter.replace(/\{\w+\}/, newId()));
      expect([filter, told.status, told.body.code]).toEqual([filter, 400, "kernel.invalid_input"]);
    }
  });

  it("names the field of a refusal as it was sent", async () => {
    const told = await call("POST", "/contacts", { body: { notes: "nobody" } });
    expect(told.body).toMatchObject({
      code: "kernel.invalid_input",
      errors: { last_name: [expect.any(String)] },
    });
    const many = await call("POST", "/invitations", { body: { emails: ["no address"], role: "member" } });
    expect(Object.keys(many.body.errors as object)).toEqual(["emails.0"]);
  });

  it("answers lists in pages, whose next one a link and a cursor lead to", async () => {
    const lister = await testOrg();
    const own = await programOf(lister);
    for (let at = 0; at < 3; at++) await own("POST", "/companies", { body: { name: `Company ${at}` } });
    const first = await own("GET", "/companies?limit=2&sort=name");
    expect((first.body.data as { name: string }[]).map(({ name }) => name)).toEqual([
      "Company 0",
      "Company 1",
    ]);
    const link = /^<(\/api\/v1\/companies\?[^>]+)>; rel="next"$/.exec(first.headers.get("link") ?? "")![1]!;
    expect(link).toContain("sort=name");
    const second = await own("GET", link.replace("/api/v1", ""));
    expect(second.body).toMatchObject({ data: [{ name: "Company 2" }], next_cursor: null });
    expect(second.headers.has("link")).toBe(false);
    expect((await own("GET", "/tags")).body).toEqual({ data: [], next_cursor: null });
  });

  it("has a route for each thing it names", async () => {
    for (const path of ["/organization", "/members", "/invitations", "/jobs", "/usage", "/usage/jobs"]) {
      expect([path, (await call("GET", path)).status]).toEqual([path, 200]);
    }
    for (const path of ["/usage/jobs/days", "/usage/jobs/entries", "/contacts", "/imports", "/tags"]) {
      expect([path, (await call("GET", path)).status]).toEqual([path, 200]);
    }
    const { userId } = org.users[1]!;
    expect((await call("GET", `/members/${userId}`)).body).toMatchObject({ user_id: userId, role: "admin" });
    const started = await call("POST", "/exports", { body: { list: "companies" } });
    expect(started).toMatchObject({ status: 201, body: { list: "companies", status: "running" } });
    expect((await call("POST", `/jobs/${String(started.body.job_id)}/cancel`)).status).toBe(204);
    const again = await call("POST", `/jobs/${String(started.body.job_id)}/reruns`);
    expect(again).toMatchObject({ status: 201, body: { rerun_of_id: started.body.job_id } });
    expect(again.headers.get("location")).toBe(`/api/v1/jobs/${String(again.body.id)}`);
  });

  it("tags a record and takes the tag off again", async () => {
    const { id } = await company();
    const tag = await call("POST", "/tags", { body: { name: unique("tag") } });
    expect((await call("PUT", `/companies/${id}/tags/${String(tag.body.id)}`)).status).toBe(204);
    expect((await call("GET", `/companies/${id}`)).body.tags).toMatchObject([{ id: tag.body.id }]);
    expect((await call("DELETE", `/companies/${id}/tags/${String(tag.body.id)}`)).status).toBe(204);
    expect((await call("GET", `/companies/${id}`)).body.tags).toEqual([]);
  });
});

describe("a refusal", () => {
  const problem = (told: Awaited<ReturnType<typeof ask>>, status: number, code: string) => {
    expect(told.status).toBe(status);
    expect(told.headers.get("content-type")).toBe("application/problem+json");
    expect(told.headers.get("x-correlation-id")).toBe(told.body.correlation_id);
    expect(told.body).toMatchObject({ status, code, type: expect.stringContaining("/problems/") });
  };

  it("of an address, a method, a form or a body is a problem document too", async () => {
    problem(await call("GET", "/nothing"), 404, "rest.no_such_route");
    problem(await call("GET", "/"), 404, "rest.no_such_route");
    const method = await call("PUT", "/companies", { body: {} });
    problem(method, 405, "rest.method_not_allowed");
    expect(method.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
    problem(
      await call("GET", "/companies", { headers: { accept: "text/html" } }),
      406,
      "rest.not_acceptable",
    );
    problem(
      await call("GET", "/companies", { headers: { accept: "application/json;q=0" } }),
      406,
      "rest.not_acceptable",
    );
    const xml = { headers: { "content-type": "text/xml" }, raw: "<a/>" };
    problem(await call("POST", "/companies", xml), 415, "rest.not_json");
    const zipped = { headers: { "content-encoding": "gzip" }, raw: "x" };
    problem(await call("POST", "/companies", zipped), 415, "rest.not_json");
    problem(await call("POST", "/companies", { raw: '{"name": ' }), 400, "rest.malformed_json");
    problem(await call("POST", "/companies", { raw: '["name"]' }), 400, "rest.not_an_object");
    problem(await call("GET", "/companies/not-an-id"), 400, "kernel.invalid_input");
    problem(await call("GET", "/companies/%E0%A4%A"), 400, "kernel.invalid_input");
    problem(await call("GET", `/companies/${newId()}`), 404, "kernel.not_found");
  });

  it("comes before a body that is too large or nests too deep is read whole", async () => {
    const large = JSON.stringify({ name: "A", notes: "x".repeat(1_000_001) });
    problem(await call("POST", "/companies", { raw: large }), 413, "kernel.body_too_large");
    const deep = `{"name":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    problem(await call("POST", "/companies", { raw: deep }), 400, "rest.too_deep");
    // Brackets within text are text.
    const text = await call("POST", "/companies", { body: { name: `A ${"[{".repeat(50)} "\\[` } });
    expect(text.status).toBe(201);
  });

  it("keeps what no column can hold from every route, and names that are objects’ own", async () => {
    for (const value of ["a\u0000b", "\ud800"]) {
      problem(await call("POST", "/companies", { body: { name: value } }), 400, "kernel.invalid_input");
      problem(
        await call("POST", "/exports", { body: { list: "companies", asked: { search: value } } }),
        400,
        "kernel.invalid_input",
      );
    }
    problem(await call("GET", "/companies?search=a%00b"), 400, "kernel.invalid_input");
    const own = { raw: '{"name":"A","__proto__":{"isAdmin":true},"constructor":1}' };
    const told = await call("POST", "/companies", own);
    expect(Object.keys(told.body.errors as object).sort()).toEqual(["__proto__", "constructor"]);
  });

  it("meets a time of which there was no product yet", async () => {
    for (const start of ["0088-12-29T12:37:18Z", "9999-12-31T23:59:59Z"]) {
      const told = await call("GET", `/usage/emails/days?period_start=${start}`);
      problem(told, 400, "kernel.invalid_input");
      expect(told.body.errors).toHaveProperty("period_start");
    }
  });

  it("writes nothing of the request into a header", async () => {
    const path = `/companies?limit=1&search=${encodeURIComponent("a\r\nset-cookie: x=1")}`;
    const told = await call("GET", path, { headers: { "x-correlation-id": "a'; drop<>" } });
    expect(told.headers.get("x-correlation-id")).not.toContain("drop");
    expect([...told.headers.keys()]).not.toContain("set-cookie");
    expect(JSON.stringify([...told.headers])).not.toMatch(/[\r\n]|\\r|\\n/);
    const missing = await call("GET", "/a%0d%0aset-cookie:%20x=1");
    expect([...missing.headers.keys()]).not.toContain("set-cookie");
  });

  it("of a plan’s limit carries the contract of 402", async () => {
    const small = await testOrg({ plan: "FREE", members: [] });
    const told = await (
      await programOf(small)
    )("POST", "/invitations", { body: { emails: [`${unique("p")}@example.test`], role: "member" } });
    problem(told, 402, "quota_exceeded");
    expect(told.body.error).toMatchObject({
      code: "quota_exceeded",
      meter: "members",
      limit: 1,
      used: 1,
      upgrade_url: expect.any(String),
    });
    expect(told.body.error).toHaveProperty("resets_at");
  });
});

describe("a request with an Idempotency-Key", () => {
  const keyed = (key: string) => ({ "idempotency-key": key });

  it("is done once, and answered alike each time it comes", async () => {
    const name = unique("Once");
    const send = () => call("POST", "/companies", { body: { name }, headers: keyed(`k-${name}`) });
    const first = await send();
    const again = await send();
    expect(first.headers.has("idempotency-replayed")).toBe(false);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    for (const header of ["etag", "location"])
      expect(again.headers.get(header)).toBe(first.headers.get(header));
    expect(await countOf(name)).toBe(1);
  });

  it("is done once by twenty that come at the same moment", async () => {
    const name = unique("Race");
    const send = () => call("POST", "/companies", { body: { name }, headers: keyed(`k-${name}`) });
    const told = await Promise.all(Array.from({ length: 20 }, send));
    expect(await countOf(name)).toBe(1);
    for (const { status, headers } of told) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(headers.get("retry-after")).toBe("1");
    }
    expect((await send()).status).toBe(201);
  });

  it("is refused with another body, address or caller, and changes nothing", async () => {
    const key = unique("key");
    const name = unique("First");
    await call("POST", "/companies", { body: { name }, headers: keyed(key) });
    const other = unique("Second");
    const admin = await programOf(org, "admin");
    for (const told of [
      await call("POST", "/companies", { body: { name: other }, headers: keyed(key) }),
      await call("POST", "/tags", { body: { name }, headers: keyed(key) }),
      await admin("POST", "/companies", { body: { name }, headers: keyed(key) }),
    ]) {
      expect(told.status).toBe(422);
      expect(told.body.code).toBe("rest.idempotency_key_reused");
    }
    expect(await countOf(other)).toBe(0);
    // The same text of another organization is another key.
    const stranger = await programOf(await testOrg());
    expect((await stranger("POST", "/companies", { body: { name }, headers: keyed(key) })).status).toBe(201);
  });

  it("does not care in which order the body was written", async () => {
    const key = unique("key");
    const name = unique("Order");
    const first = await call("POST", "/companies", {
      raw: `{"name":"${name}","city":"Bonn"}`,
      headers: keyed(key),
    });
    const again = await call("POST", "/companies", {
      raw: `{"city":"Bonn", "name":"${name}"}`,
      headers: keyed(key),
    });
    expect(again.body).toEqual(first.body);
  });

  it("may come again after a refusal that changed nothing", async () => {
    const key = unique("key");
    const site = domain();
    const { id } = await company({ domain: site });
    const send = () => call("POST", "/companies", { body: { name: "B", domain: site }, headers: keyed(key) });
    expect((await send()).body).toMatchObject({ code: "crm.domain_taken", error: { existing_id: id } });
    await call("DELETE", `/companies/${id}`);
    expect((await send()).status).toBe(201);
  });

  it("is never done again when its answer was lost with the process", async () => {
    const name = unique("Lost");
    const key = unique("key");
    const send = () => call("POST", "/companies", { body: { name }, headers: keyed(key) });
    await send();
    // As a process leaves it that dies after COMMIT and before the answer is kept.
    await asOwner("update idempotency_key set status = null, body = null where key = $1", [key]);
    expect((await send()).body.code).toBe("rest.idempotency_in_flight");
    clock.setOffset(121_000);
    const told = await send();
    expect([told.status, told.body.code]).toEqual([409, "rest.outcome_unknown"]);
    expect(await countOf(name)).toBe(1);
  });

  it("is done anew when the process died before anything was committed", async () => {
    const name = unique("Died");
    const key = unique("key");
    const send = () => call("POST", "/companies", { body: { name }, headers: keyed(key) });
    await send();
    await asOwner(
      "update idempotency_key set status = null, body = null, committed_at = null where key = $1",
      [key],
    );
    await asOwner("delete from record_event where company_id in (select id from company where name = $1)", [
      name,
    ]);
    await asOwner("delete from company where name = $1", [name]);
    clock.setOffset(121_000);
    expect((await send()).status).toBe(201);
    expect(await countOf(name)).toBe(1);
  });

  it("notes that it committed only with what it committed", async () => {
    const { claim } = await import("~/server/rest/idempotency");
    const claimed = await claim(org.owner, unique("key"), "fingerprint");
    const id = claimed.kind === "claimed" ? claimed.id : "";
    const actor = { ...org.owner, trace: { ...org.owner.trace, idempotencyId: id } };
    const noted = async () =>
      (
        await asOwner<{ at: Date | null }>("select committed_at as at from idempotency_key where id = $1", [
          id,
        ])
      )[0]!.at;
    await withTenant(actor, async ({ db }) => {
      await db.tag.count();
      throw new Error("rolled back");
    }).catch(() => {});
    expect(await noted()).toBeNull();
    await withTenant(actor, ({ db }) => db.tag.count());
    expect(await noted()).toBeInstanceOf(Date);
  });

  it("is a new request after a day, and a key of another form is refused", async () => {
    const key = unique("key");
    const name = unique("Day");
    const send = () => call("POST", "/companies", { body: { name }, headers: keyed(key) });
    await send();
    clock.setOffset(24 * 60 * 60_000 + 1_000);
    const tomorrow = await programOf(org);
    const told = await tomorrow("POST", "/companies", { body: { name }, headers: keyed(key) });
    expect(told.headers.has("idempotency-replayed")).toBe(false);
    expect([told.status, await countOf(name)]).toEqual([201, 2]);
    const bad = await tomorrow("POST", "/companies", { body: { name }, headers: keyed("x".repeat(256)) });
    expect(bad.body.errors).toHaveProperty("Idempotency-Key");
  });
});

describe("a version", () => {
  it("is told with a record, and spares the answer while it is the same", async () => {
    const { id, etag } = await company();
    const read = await call("GET", `/companies/${id}`);
    expect(read.headers.get("etag")).toBe(etag);
    const same = await call("GET", `/companies/${id}`, { headers: { "if-none-match": `"x", W/${etag}` } });
    expect([same.status, same.headers.get("etag")]).toEqual([304, etag]);
  });

  it("that is stale stops a change and a deletion, and the change leaves the rest alone", async () => {
    const { id, etag } = await company({ city: "Bonn" });
    const changed = await call("PATCH", `/companies/${id}`, {
      body: { phone: "12345" },
      headers: { "if-match": etag },
    });
    expect(changed).toMatchObject({ status: 200, body: { phone: "12345", city: "Bonn" } });
    for (const [method, body] of [["PATCH", { city: "Kiel" }], ["DELETE"]] as const) {
      for (const tag of [etag, `W/${changed.headers.get("etag")}`, '"nothing"']) {
        const told = await call(method, `/companies/${id}`, {
          ...(body && { body }),
          headers: { "if-match": tag },
        });
        expect([method, tag, told.status, told.body.code]).toEqual([method, tag, 412, "rest.stale"]);
      }
    }
    expect((await call("GET", `/companies/${id}`)).body.city).toBe("Bonn");
    const fresh = { headers: { "if-match": changed.headers.get("etag")! } };
    expect((await call("DELETE", `/companies/${id}`, fresh)).status).toBe(204);
    expect((await call("GET", `/companies/${id}`)).status).toBe(404);
  });

  it("lets one of two through that change the same version at the same moment", async () => {
    const { id, etag } = await company();
    const told = await Promise.all(
      ["Bonn", "Kiel", "Ulm", "Jena"].map((city) =>
        call("PATCH", `/companies/${id}`, { body: { city }, headers: { "if-match": etag } }),
      ),
    );
    expect(told.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it("may be left out, or any: then the change is made in any case", async () => {
    const { id } = await company();
    const cities = ["Bonn", "Kiel", "Ulm"];
    const told = await Promise.all(
      cities.map((city) =>
        call("PATCH", `/companies/${id}`, { body: { city }, headers: { "if-match": "*" } }),
      ),
    );
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await call("PATCH", `/companies/${id}`, { body: { city: null } })).body.city).toBeNull();
  });

  it("of the organization is told and held as well", async () => {
    const read = await call("GET", "/organization");
    const etag = read.headers.get("etag")!;
    const first = await call("PATCH", "/organization", {
      body: { name: "Acme" },
      headers: { "if-match": etag },
    });
    expect(first).toMatchObject({ status: 200, body: { name: "Acme", slug: org.slug, time_zone: "UTC" } });
    const late = await call("PATCH", "/organization", {
      body: { name: "Late" },
      headers: { "if-match": etag },
    });
    expect(late.status).toBe(412);
  });
});

describe("pages of other origins", () => {
  const origin = "https://shop.example.com";

  it("may call where the organization allows it, and never with cookies", async () => {
    const { callerFor } = await import("~/testing/callers");
    const { appRouter } = await import("./routers");
    const refused = await call("POST", "/companies", { body: { name: "No" }, headers: { origin } });
    expect([refused.status, refused.body.code]).toEqual([403, "rest.origin_refused"]);
    await callerFor(appRouter, org.owner).tenancy.changeApiOrigins({ origins: [origin] });
    const told = await call("GET", "/companies", { headers: { origin } });
    expect(told.status).toBe(200);
    expect(told.headers.get("access-control-allow-origin")).toBe(origin);
    expect(told.headers.has("access-control-allow-credentials")).toBe(false);
    expect(told.headers.get("vary")).toContain("Origin");
    expect((await call("GET", "/companies", { headers: { origin: "https://evil.example" } })).status).toBe(
      403,
    );
  });

  it("are told in a preflight what they may send", async () => {
    const told = await ask("OPTIONS", "/companies", {
      headers: { origin, "access-control-request-method": "POST" },
    });
    expect(told.status).toBe(204);
    expect(told.headers.get("access-control-allow-methods")).toContain("POST");
    expect(told.headers.get("access-control-allow-headers")).toContain("Idempotency-Key");
    expect(told.headers.has("access-control-allow-credentials")).toBe(false);
  });
});

it("answers HEAD as GET, without the body", async () => {
  const told = await call("HEAD", "/companies");
  expect([told.status, told.body]).toEqual([200, {}]);
});
