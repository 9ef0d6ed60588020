// What every call passes at the HTTP door and on its way out, whatever slice it is for.
import superjson from "superjson";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { UserActor } from "~/kernel/actor";
import { DomainError, ERROR_FACES, forbidden, type ErrorKind } from "~/kernel/errors";
import { allows } from "~/kernel/roles";
import { newId } from "~/server/db/ids";
import { metrics } from "~/server/observability/metrics";
import type { Gates, OrgAtDoor } from "./gates";
import { createTrpcHandler, knockOf, tokenOf } from "./handler";
import { Done, done, orgProcedure, publicProcedure, router, userProcedure } from "./procedures";

const org: OrgAtDoor = {
  orgId: newId(),
  slug: "acme",
  name: "Acme",
  role: "member",
  status: "active",
  timeZone: "UTC",
  defaultCurrency: "USD",
  logoKey: null,
};
let asked: string[] = [];
let isTooMuch = false;
beforeEach(() => {
  isTooMuch = false;
  asked = [];
});
const gates: Gates = {
  session: async (token, trace) => {
    asked.push("session");
    return token === "good"
      ? ({ kind: "user", userId: newId(), sessionId: newId(), trace } satisfies UserActor)
      : null;
  },
  membership: async (_actor, slug) => {
    asked.push("membership");
    return slug === "acme" ? org : null;
  },
  isPlatformAdmin: async () => false,
  steppedUp: async () => {},
  permission: ({ orgId, role }, { userId, trace }, permission) => {
    if (!allows(role, permission)) throw forbidden(permission);
    return { kind: "org", orgId, userId, role, trace };
  },
  feature: async () => undefined,
  limit: async (caller, _org, _trace, calls) => {
    asked.push(`limit ${caller?.kind ?? "nobody"} ${calls}`);
    const state = { limit: 30, windowS: 3, remaining: isTooMuch ? 0 : 29, resetS: 2 };
    const refusal = isTooMuch
      ? new DomainError("too_many_requests", "kernel.too_many_requests", "Slower.", { retryAfterSeconds: 2 })
      : null;
    return { state, refusal };
  },
  originAllowed: async () => false,
  called: (orgId) => void asked.push(`called ${orgId}`),
};

const doors = router({
  hello: publicProcedure.output(z.string()).query(() => "hello"),
  me: userProcedure.output(z.string()).query(({ ctx }) => ctx.actor.kind),
  read: orgProcedure
    .meta({ permission: "crm.read" })
    .output(z.string())
    .query(({ ctx }) => ctx.actor.role),
  remove: orgProcedure
    .meta({ permission: "organization.delete" })
    .output(Done)
    .mutation(() => done),
  careless: orgProcedure.output(Done).query(() => done),
  add: publicProcedure
    .input(
      z.object({
        email: z.email("Write a mail address."),
        rows: z.array(z.object({ n: z.int("Whole numbers.") })),
      }),
    )
    .output(Done)
    .mutation(() => done),
  fail: publicProcedure
    .input(z.string())
    .output(Done)
    .query(({ input }): typeof done => {
      if (input === "plain") throw new Error("password=hunter2");
      throw new DomainError(
        input as ErrorKind,
        `crm.${input}`,
        "Words.",
        { used: 3 },
        { fields: { name: ["Taken."] } },
      );
    }),
  leak: publicProcedure.output(z.object({ id: z.string() })).query(() => ({ id: "1", secret: "hunter2" })),
  wrong: publicProcedure.output(z.object({ id: z.string() })).query(() => ({ id: 1 as unknown as string })),
});
const handle = createTrpcHandler(doors, gates);

const APP = process.env.APP_URL!;
type Answer = {
  result?: { data: unknown };
  error?: { json: { message: string; data: Record<string, unknown> } };
};
async function call(
  path: string,
  {
    input,
    headers = {},
    method = "GET",
  }: { input?: unknown; headers?: Record<string, string>; method?: string } = {},
) {
  const serialized = input === undefined ? "" : JSON.stringify(superjson.serialize(input));
  const url = new URL(`/api/trpc/${path}`, APP);
  if (method === "GET" && serialized) url.searchParams.set("input", serialized);
  const response = await handle(
    new Request(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(method === "POST" && { body: serialized }),
    }),
  );
  return { response, body: (await response.json()) as Answer };
}
const signedIn = { authorization: "Bearer good" };
const inAcme = { ...signedIn, "x-tenantry-org": "acme" };

describe("who may pass", () => {
  it("nobody needs a session for a public call", async () => {
    expect((await call("hello")).body.result?.data).toEqual({ json: "hello" });
    expect(asked).toEqual(["session", "limit nobody 1"]);
  });

  it("is asked for once, however many calls one request holds", async () => {
    const { response } = await call("me,read,read", { headers: inAcme, input: undefined });
    expect(response.status).toBeLessThan(500);
    await call("read,read,me?batch=1", { headers: inAcme });
    expect(asked.filter((gate) => gate === "session").length).toBeLessThanOrEqual(2);
  });

  it("needs a session, an organization one belongs to, and the permission; each missing one has its answer", async () => {
    expect((await call("me")).response.status).toBe(401);
    expect((await call("me", { headers: { authorization: "Bearer stolen" } })).response.status).toBe(401);
    expect((await call("read", { headers: signedIn })).response.status).toBe(404);
    expect(
      (await call("read", { headers: { ...signedIn, "x-tenantry-org": "other" } })).response.status,
    ).toBe(404);
    expect((await call("read", { headers: inAcme })).body.result?.data).toEqual({ json: "member" });
    const refused = await call("remove", { headers: inAcme, method: "POST", input: null });
    expect(refused.response.status).toBe(403);
    expect(refused.body.error?.json.data).toMatchObject({
      reason: "kernel.forbidden",
      details: { permission: "organization.delete" },
    });
  });

  it("is nobody where a procedure of an organization names no permission", async () => {
    expect((await call("careless", { headers: inAcme })).response.status).toBe(500);
  });

  it("is not a page of another site that has the cookie sent along", async () => {
    const cookie = { cookie: "tenantry.session=good", ...{ "x-tenantry-org": "acme" } };
    const add = (headers: Record<string, string>) =>
      call("add", { method: "POST", input: { email: "a@b.test", rows: [] }, headers });
    expect((await add({ ...cookie, origin: "https://evil.example" })).response.status).toBe(403);
    expect((await add(cookie)).response.status).toBe(403);
    expect((await add({ ...cookie, origin: new URL(APP).origin })).response.status).toBe(200);
  });
});

describe("what goes out", () => {
  it.each(Object.keys(ERROR_FACES) as ErrorKind[])(
    "of a refusal of the kind %s is the table's status with its public words",
    async (kind) => {
      const { response, body } = await call("fail", { input: kind });
      // tRPC has no code of its own for these two.
      const spoken: Partial<Record<ErrorKind, number>> = { gone: 412, not_acceptable: 400 };
      expect(response.status).toBe(spoken[kind] ?? ERROR_FACES[kind].status);
      expect(body.error?.json).toMatchObject({
        message: "Words.",
        data: {
          code: ERROR_FACES[kind].trpc,
          reason: `crm.${kind}`,
          details: { used: 3 },
          fields: { name: ["Taken."] },
        },
      });
    },
  );

  it("of a failure inside is nothing but an id to quote", async () => {
    const { response, body } = await call("fail", {
      input: "plain",
      headers: { "x-correlation-id": "0123abcd-99" },
    });
    expect(response.status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|stack|procedures\.ts/);
    expect(body.error?.json.data).toMatchObject({ reason: "kernel.internal", correlationId: "0123abcd-99" });
    expect(response.headers.get("x-correlation-id")).toBe("0123abcd-99");
  });

  it("of wrong input is each field with its words, by its path", async () => {
    const { response, body } = await call("add", {
      method: "POST",
      input: { email: "x", rows: [{ n: 1 }, { n: 1.5 }] },
    });
    expect(response.status).toBe(400);
    expect(body.error?.json).toMatchObject({
      message: "Some fields need another look.",
      data: {
        reason: "kernel.invalid_input",
        fields: { email: ["Write a mail address."], "rows.1.n": ["Whole numbers."] },
      },
    });
  });

  it("is only what the output declares, and nothing at all when it does not fit", async () => {
    expect((await call("leak")).body.result?.data).toEqual({ json: { id: "1" } });
    const { response, body } = await call("wrong");
    expect(response.status).toBe(500);
    expect(body.error?.json.data).toMatchObject({ reason: "kernel.internal" });
  });

  it("is timed by procedure and outcome", async () => {
    await call("hello");
    await call("fail", { input: "limit" });
    const { values } = await metrics().procedureSeconds.get();
    const seen = values.map(({ labels }) => `${labels.procedure} ${labels.outcome}`);
    expect(seen).toContain("hello ok");
    expect(seen).toContain("fail payment_required");
  });
});

describe("a request", () => {
  it("with more than 20 calls is refused as a whole", async () => {
    const response = await handle(
      new Request(`${APP}/api/trpc/${Array(21).fill("hello").join(",")}?batch=1&input={}`),
    );
    expect(response.status).toBe(400);
    expect((await response.json()) as unknown).toEqual({ message: "A batch holds at most 20 calls." });
  });

  it("tells in its headers what is left, and counts once per procedure", async () => {
    const { response } = await call("read", { headers: inAcme });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "ratelimit-limit": "30",
      "ratelimit-remaining": "29",
      "ratelimit-reset": "2",
      "ratelimit-policy": "30;w=3",
    });
    expect(response.headers.has("retry-after")).toBe(false);
    asked = [];
    await call("read,read,me?batch=1", { headers: inAcme });
    expect(asked.filter((gate) => gate.startsWith("limit"))).toEqual(["limit user 3"]);
  });

  it("beyond the limit is refused before anything runs, with the time to wait", async () => {
    isTooMuch = true;
    const { response, body } = await call("remove", { headers: inAcme, method: "POST", input: null });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(body.error?.json).toMatchObject({
      message: "Slower.",
      data: { code: "TOO_MANY_REQUESTS", reason: "kernel.too_many_requests" },
    });
  });

  it.each(["told by its length", "found by reading"])(
    "of more than a megabyte, %s, is refused in the form that callers read, and nothing runs",
    async (how) => {
      const text = JSON.stringify({ json: { email: "a@b.test", rows: [], pad: "x".repeat(1_000_000) } });
      const body = how === "found by reading" ? new Blob([text]).stream() : text;
      const response = await handle(
        new Request(`${APP}/api/trpc/add`, {
          method: "POST",
          body,
          headers: {
            "content-type": "application/json",
            ...(typeof body === "string" && { "content-length": String(text.length) }),
          },
          duplex: "half",
        } as RequestInit),
      );
      expect(response.status).toBe(413);
      expect(((await response.json()) as Answer).error?.json.data).toMatchObject({
        reason: "kernel.body_too_large",
        details: { maxBytes: 1_000_000 },
      });
      expect(response.headers.has("retry-after")).toBe(false);
    },
  );

  it("that nests without end is refused before anything walks it, in a body as in an address", async () => {
    const nested = (depth: number) => `{"json":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    for (const depth of [100, 5_000, 400_000]) {
      const response = await handle(
        new Request(`${APP}/api/trpc/add`, {
          method: "POST",
          body: nested(depth),
          headers: { "content-type": "application/json" },
        }),
      );
      expect(response.status).toBe(400);
      expect(((await response.json()) as Answer).error?.json.data.reason).toBe("kernel.too_deep");
    }
    const response = await handle(
      new Request(`${APP}/api/trpc/fail?input=${encodeURIComponent(nested(5_000))}`),
    );
    expect(response.status).toBe(400);
    // Brackets in text are no depth.
    const { body } = await call("fail", { input: "[".repeat(500) });
    expect(body.error?.json.data.reason).not.toBe("kernel.too_deep");
  });

  it.each(["a\u0000b", "\ud800", "\udc00x"])(
    "with text that no row could hold (%j) is told which field",
    async (text) => {
      const { response, body } = await call("add", {
        method: "POST",
        input: { email: "a@b.test", rows: [{ n: 1, note: text }] },
      });
      expect(response.status).toBe(400);
      expect(body.error?.json.data).toMatchObject({
        reason: "kernel.invalid_input",
        fields: { "rows.0.note": [expect.stringContaining("Remove the characters")] },
      });
      const asked = await call("fail", { input: text });
      expect(asked.body.error?.json.data).toMatchObject({
        reason: "kernel.invalid_input",
        fields: { "": [expect.any(String)] },
      });
    },
  );

  it("cannot reach a prototype through what its input or its transformer names", async () => {
    for (const body of [
      '{"json":{"__proto__":{"isAdmin":true},"email":"a@b.test","rows":[]}}',
      '{"json":{"email":"a@b.test","rows":[]},"meta":{"values":{"__proto__.isAdmin":["undefined"]}}}',
      '{"json":{"email":"a@b.test","rows":[]},"meta":{"values":{"constructor.prototype.isAdmin":["Date"]}}}',
    ]) {
      const response = await handle(
        new Request(`${APP}/api/trpc/add`, {
          method: "POST",
          body,
          headers: { "content-type": "application/json" },
        }),
      );
      expect(response.status).toBeLessThan(500);
      expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    }
  });

  it("for what does not exist is not found", async () => {
    expect((await call("nothing.there")).response.status).toBe(404);
  });

  it("is known by its cookie before its header, and by neither when they are malformed", () => {
    const of = (headers: Record<string, string>) => tokenOf(new Headers(headers));
    expect(of({ cookie: "a=b; tenantry.session=one", authorization: "Bearer two" })).toBe("one");
    expect(of({ authorization: "Bearer two" })).toBe("two");
    expect(of({ cookie: "tenantry.session=%E0%A4%A" })).toBeNull();
    expect(of({ authorization: "bearer two" })).toBeNull();
    expect(of({ authorization: "Basic two" })).toBeNull();
    expect(of({})).toBeNull();
  });

  it("says where it comes from, cut to a bound", () => {
    const knock = knockOf(new Headers({ "user-agent": "x".repeat(900), "x-tenantry-org": "acme" }));
    expect(knock.userAgent).toHaveLength(400);
    expect(knock.orgSlug).toBe("acme");
  });
});
