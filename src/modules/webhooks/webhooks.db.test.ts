// Endpoints, deliveries and their log on real Postgres, with a real receiver on this machine.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import { withSystem } from "~/server/db/with-system";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { withUser } from "~/server/db/with-user";
import { asOwner, testOrg, testTrace, type TestOrg } from "~/testing/tenants";
import type { DeliveryDue } from "./events";
import { deliver, purgeWebhookLog, sendDueDeliveries, tellOfTrouble, type TroubleMailed } from "./flows";
import { EVENT_TYPES, type EndpointInput } from "./schema";
import {
  createEndpoint,
  deleteEndpoint,
  getDelivery,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  replayDelivery,
  replayFailed,
  rotateSecret,
  sendTest,
  setActive,
  showSecret,
  updateEndpoint,
} from "./service";

type Received = { headers: IncomingHttpHeaders; body: string };
let received: Received[] = [];
let status = 204;
let answerHeaders: Record<string, string> = {};
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    received.push({ headers: request.headers, body });
    response.writeHead(status, answerHeaders).end(status === 204 ? undefined : "what I think");
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
});
afterAll(() => receiver.close());
beforeEach(() => {
  received = [];
  status = 204;
  answerHeaders = {};
});
afterEach(() => clock.setOffset(0));

const endpointInput = (given: Partial<EndpointInput> = {}): EndpointInput => ({
  url,
  description: "",
  allEvents: false,
  eventTypes: ["company.created"],
  ...given,
});
const add = ({ owner }: TestOrg, given: Partial<EndpointInput> = {}) =>
  withTenant(owner, (scope) => createEndpoint(scope, endpointInput(given)));
const happens = ({ owner }: TestOrg, action = "company.created", id = crypto.randomUUID()) =>
  withTenant(owner, (scope) => record(scope, { action, target: { type: "company", id } }));
const eventsOf = ({ orgId }: TestOrg) =>
  asOwner<{ id: string; type: string }>(
    "select id, type from webhook_event where org_id = $1 order by created_at",
    [orgId],
  );

/** What the engine would be handed: the events of the outbox, this organization's. */
async function due({ orgId }: TestOrg): Promise<DeliveryDue[]> {
  await sendDueDeliveries();
  const rows = await asOwner<{ data: DeliveryDue }>(
    "delete from outbox_event where org_id = $1 and name = 'webhooks/delivery.due' returning data",
    [orgId],
  );
  return rows.map(({ data }) => data);
}
const readers = {
  company: async (_scope: unknown, id: string) => ({ id, name: "Borealis" }),
};
async function deliverDue(org: TestOrg) {
  const outcomes: string[] = [];
  for (const one of await due(org)) outcomes.push(await deliver(one, testTrace(), readers));
  return outcomes;
}
const log = ({ owner }: TestOrg, endpointId: string) =>
  readTenant(owner, (scope) => listDeliveries(scope, { endpointId, limit: 25 }));
const later = (hours: number) => clock.setOffset(hours * 3_600_000);

describe("what an organization has told", () => {
  it("is what its audit log says, of the kinds somebody asked for, in the transaction of the change", async () => {
    const org = await testOrg();
    await happens(org);
    expect(await eventsOf(org)).toEqual([]);
    await add(org);
    await happens(org);
    await happens(org, "company.updated");
    await expect(
      withTenant(org.owner, async (scope) => {
        await record(scope, { action: "company.created" });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect((await eventsOf(org)).map(({ type }) => type)).toEqual(["company.created"]);
  });

  it("with all events asked for is everything that can be told, and nothing of what stays inside", async () => {
    const org = await testOrg();
    await add(org, { allEvents: true, eventTypes: [] });
    await happens(org, "company.updated");
    await happens(org, "session.signed_in");
    await withSystem({ reason: "test", trace: testTrace() }, (scope) =>
      record(scope, { action: "organization.plan_changed" }, { orgId: org.orgId }),
    );
    await withUser(org.users[0]!, (scope) => record(scope, { action: "company.created" }));
    expect((await eventsOf(org)).map(({ type }) => type)).toEqual([
      "company.updated",
      "organization.plan_changed",
    ]);
  });

  it("is the list that the pages offer", async () => {
    const rows = await asOwner<{ name: string }>("select name from webhook_event_type order by name");
    expect(rows.map(({ name }) => name)).toEqual([...EVENT_TYPES].sort());
  });

  it("goes to nobody while the endpoint is switched off, and never to another organization's", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const { endpoint } = await add(org, { allEvents: true, eventTypes: [] });
    await happens(other);
    await withTenant(org.owner, (scope) => setActive(scope, { id: endpoint.id, active: false }));
    await happens(org);
    expect([await eventsOf(org), await eventsOf(other)]).toEqual([[], []]);
  });
});

describe("a delivery", () => {
  it("is signed so that the library of the standard takes it, and says what happened to what", async () => {
    const org = await testOrg();
    const { secret } = await add(org);
    const id = crypto.randomUUID();
    await happens(org, "company.created", id);
    expect(await deliverDue(org)).toEqual(["succeeded"]);
    const [one] = received;
    const body = new Webhook(secret).verify(one!.body, one!.headers as Record<string, string>);
    const [event] = await eventsOf(org);
    expect(one!.headers["webhook-id"]).toBe(event!.id);
    expect(body).toEqual({
      type: "company.created",
      timestamp: expect.any(String) as string,
      data: { target: { type: "company", id }, actor_id: org.owner.userId, record: { id, name: "Borealis" } },
    });
    expect(() =>
      new Webhook(secret).verify(`${one!.body} `, one!.headers as Record<string, string>),
    ).toThrow();
  });

  it("carries two signatures while a secret is being replaced, and one after that", async () => {
    const org = await testOrg();
    const { endpoint, secret } = await add(org);
    const { secret: next } = await withTenant(org.owner, (scope) =>
      rotateSecret(scope, { id: endpoint.id, overlapHours: 24 }),
    );
    await happens(org);
    await deliverDue(org);
    const verify = (by: string, { body, headers }: Received) =>
      new Webhook(by).verify(body, headers as Record<string, string>);
    expect(received[0]!.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
    verify(secret, received[0]!);
    verify(next, received[0]!);
    await asOwner(
      "update webhook_secret set expires_at = now() - interval '1 second' where org_id = $1 and expires_at is not null",
      [org.orgId],
    );
    await happens(org);
    await deliverDue(org);
    verify(next, received[1]!);
    expect(() => verify(secret, received[1]!)).toThrow();
  });

  it("that fails is tried again later with the same id and the same body, whatever became of the record", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    await happens(org);
    status = 500;
    expect(await deliverDue(org)).toEqual(["failed"]);
    expect(await due(org)).toEqual([]);
    const [pending] = (await log(org, endpoint.id)).items;
    expect(pending).toMatchObject({ status: "pending", attempts: 1, lastStatusCode: 500 });
    later(1);
    status = 200;
    const outcomes: string[] = [];
    for (const one of await due(org))
      outcomes.push(await deliver(one, testTrace(), { company: () => Promise.resolve({ name: "Other" }) }));
    expect(outcomes).toEqual(["succeeded"]);
    expect(received[1]!.body).toBe(received[0]!.body);
    expect(received[1]!.headers["webhook-id"]).toBe(received[0]!.headers["webhook-id"]);
    const detail = await readTenant(org.owner, (scope) => getDelivery(scope, { id: pending!.id }));
    expect(detail).toMatchObject({ status: "succeeded", attempts: 2, nextAttemptAt: null });
    expect(detail.tries.map(({ number, statusCode, answer }) => [number, statusCode, answer])).toEqual([
      [2, 200, "what I think"],
      [1, 500, "what I think"],
    ]);
  });

  it("is made once however often the engine hands it over", async () => {
    const org = await testOrg();
    await add(org);
    await happens(org);
    const [one] = await due(org);
    const outcomes = await Promise.all([1, 2, 3].map(() => deliver(one!, testTrace(), readers)));
    expect(outcomes.sort()).toEqual(["stale", "stale", "succeeded"]);
    expect(received).toHaveLength(1);
  });

  it("whose process died in the middle is handed over again after a minute", async () => {
    const org = await testOrg();
    await add(org);
    await happens(org);
    const [one] = await due(org);
    const dies = deliver(one!, testTrace(), readers, () => Promise.reject(new Error("killed")));
    await expect(dies).rejects.toThrow("killed");
    expect(await due(org)).toEqual([]);
    later(0.02);
    expect(await deliverDue(org)).toEqual(["succeeded"]);
    expect(received).toHaveLength(1);
  });

  it("ends as failed after ten tries, and can be sent again from the log", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    await happens(org);
    status = 503;
    // An answer now and then keeps the endpoint itself well.
    for (let hours = 0; hours < 9 * 30; hours += 30) {
      later(hours);
      await deliverDue(org);
      await asOwner("update webhook_endpoint set failing_since = null, warned_at = null where org_id = $1", [
        org.orgId,
      ]);
    }
    later(300);
    await deliverDue(org);
    const [failed] = (await log(org, endpoint.id)).items;
    expect(failed).toMatchObject({ status: "failed", attempts: 10, nextAttemptAt: null });
    status = 204;
    await withTenant(org.owner, (scope) => replayDelivery(scope, { id: failed!.id }));
    expect(await deliverDue(org)).toEqual(["succeeded"]);
    expect(received.at(-1)!.headers["webhook-id"]).toBe(failed!.eventId);
    const [replay] = (await log(org, endpoint.id)).items;
    expect(replay).toMatchObject({ isReplay: true, status: "succeeded" });
  });

  it("to a private address is not made, and the log says so", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    await asOwner(
      "update webhook_endpoint set url = 'https://169.254.169.254/latest/meta-data/' where org_id = $1",
      [org.orgId],
    );
    await happens(org);
    expect(await deliverDue(org)).toEqual(["failed"]);
    expect((await log(org, endpoint.id)).items[0]).toMatchObject({
      lastFault: "not_public",
      lastStatusCode: null,
    });
  });

  it("takes a redirect for a failure and does not go there", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    await happens(org);
    status = 307;
    answerHeaders = { location: url };
    expect(await deliverDue(org)).toEqual(["failed"]);
    expect(received).toHaveLength(1);
    expect((await log(org, endpoint.id)).items[0]).toMatchObject({ lastStatusCode: 307 });
  });
});

describe("an endpoint", () => {
  it("that fails for a day is told of, after three days it is switched off with what was pending, and can be switched on and catch up", async () => {
    const org = await testOrg({ members: ["admin", "member"] });
    const { endpoint } = await add(org);
    status = 500;
    for (const hours of [0, 25, 73]) {
      later(hours);
      await happens(org);
      await deliverDue(org);
    }
    const troubles = await asOwner<{ data: { isDisabled: boolean } }>(
      "select data from outbox_event where org_id = $1 and name = 'webhooks/endpoint.troubled' order by created_at",
      [org.orgId],
    );
    expect(troubles.map(({ data }) => data.isDisabled)).toEqual([false, true]);
    const mailed: TroubleMailed[] = [];
    const tell = () =>
      tellOfTrouble(troubles[1]!.data as never, testTrace(), async (mail) => void mailed.push(mail));
    expect([await tell(), await tell()]).toEqual([2, 2]);
    expect(new Set(mailed.map(({ id }) => id)).size).toBe(2);
    const notices = await asOwner("select kind from notification where org_id = $1", [org.orgId]);
    expect(notices.map(({ kind }) => kind as string)).toEqual(["webhook.disabled", "webhook.disabled"]);

    expect(await readTenant(org.owner, (scope) => getEndpoint(scope, { id: endpoint.id }))).toMatchObject({
      status: "disabled",
      disabledReason: "failing",
    });
    const { items } = await log(org, endpoint.id);
    expect(items.map(({ status: state }) => state)).toEqual(["failed", "failed", "failed"]);
    await expect(
      withTenant(org.owner, (scope) => replayFailed(scope, { id: endpoint.id })),
    ).rejects.toMatchObject({
      code: "webhooks.disabled",
    });
    await withTenant(org.owner, (scope) => setActive(scope, { id: endpoint.id, active: true }));
    status = 204;
    const before = received.length;
    expect(await withTenant(org.owner, (scope) => replayFailed(scope, { id: endpoint.id }))).toEqual({
      count: 3,
    });
    await deliverDue(org);
    expect(received.length - before).toBe(3);
    await expect(
      withTenant(org.owner, (scope) => replayFailed(scope, { id: endpoint.id })),
    ).rejects.toMatchObject({
      code: "webhooks.not_kept",
    });
  });

  it("that answers 410 is switched off at once", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    await happens(org);
    status = 410;
    await deliverDue(org);
    expect(await readTenant(org.owner, (scope) => getEndpoint(scope, { id: endpoint.id }))).toMatchObject({
      disabledReason: "gone",
    });
  });

  it("is refused for an address that may never be called, with words by the field", async () => {
    const org = await testOrg();
    for (const [address, fault] of [
      ["https://10.0.0.1/hooks", "not_public"],
      ["http://example.com/hooks", "not_https"],
    ])
      await expect(add(org, { url: address! })).rejects.toMatchObject({
        code: "webhooks.url_refused",
        details: { fault },
        fields: { url: [expect.any(String)] },
      });
    const { endpoint } = await add(org);
    const { id, description, allEvents } = endpoint;
    await expect(
      withTenant(org.owner, (scope) =>
        updateEndpoint(scope, {
          id,
          description,
          allEvents,
          eventTypes: ["company.created"],
          url: "https://[::1]:9000/",
        }),
      ),
    ).resolves.toBeDefined();
    await expect(
      withTenant(org.owner, (scope) =>
        updateEndpoint(scope, {
          id,
          description,
          allEvents,
          eventTypes: ["company.created"],
          url: "https://[fd00::1]/",
        }),
      ),
    ).rejects.toMatchObject({ code: "webhooks.url_refused" });
  });

  it("is one of at most twenty, also when two are made at once", async () => {
    const org = await testOrg();
    for (let at = 0; at < 19; at++) await add(org);
    const outcomes = await Promise.allSettled([add(org), add(org), add(org)]);
    expect(outcomes.filter(({ status: state }) => state === "fulfilled")).toHaveLength(1);
    expect((await readTenant(org.owner, listEndpoints)).items).toHaveLength(20);
  });

  it("shows its secret to whoever may, never keeps it readable, and writes down that somebody looked", async () => {
    const org = await testOrg();
    const { endpoint, secret } = await add(org);
    expect(await withTenant(org.owner, (scope) => showSecret(scope, { id: endpoint.id }))).toEqual({
      secret,
    });
    const rows = await asOwner("select * from webhook_secret where org_id = $1", [org.orgId]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6));
    const entries = await asOwner(
      "select action from audit_entry where org_id = $1 and action like 'webhook.%' order by created_at",
      [org.orgId],
    );
    expect(entries.map(({ action }) => action as string)).toEqual([
      "webhook.created",
      "webhook.secret_shown",
    ]);
    const details = await asOwner("select detail from audit_detail where org_id = $1", [org.orgId]);
    expect(JSON.stringify(details)).not.toContain(secret.slice(6));
  });

  it("has at most two living secrets: a third one ends the first at once", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    const rotate = () =>
      withTenant(org.owner, (scope) => rotateSecret(scope, { id: endpoint.id, overlapHours: 168 }));
    await rotate();
    await rotate();
    const [{ count } = { count: "0" }] = await asOwner<{ count: string }>(
      "select count(*) from webhook_secret where org_id = $1",
      [org.orgId],
    );
    expect(count).toBe("2");
  });

  it("can be asked for a test, whose outcome stands in the log", async () => {
    const org = await testOrg();
    const { endpoint } = await add(org);
    const { deliveryId } = await withTenant(org.owner, (scope) => sendTest(scope, { id: endpoint.id }));
    await deliverDue(org);
    expect(await readTenant(org.owner, (scope) => getDelivery(scope, { id: deliveryId }))).toMatchObject({
      eventType: "webhook.tested",
      status: "succeeded",
    });
    expect(JSON.parse(received[0]!.body)).toMatchObject({ type: "webhook.tested", data: { record: null } });
  });

  it("of another organization does not exist, for any of these acts", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const { endpoint } = await add(org);
    const { deliveryId } = await withTenant(org.owner, (scope) => sendTest(scope, { id: endpoint.id }));
    const { id } = endpoint;
    const acts = [
      withTenant(other.owner, (scope) => deleteEndpoint(scope, { id })),
      withTenant(other.owner, (scope) => setActive(scope, { id, active: false })),
      withTenant(other.owner, (scope) => showSecret(scope, { id })),
      withTenant(other.owner, (scope) => rotateSecret(scope, { id, overlapHours: 0 })),
      withTenant(other.owner, (scope) => sendTest(scope, { id })),
      withTenant(other.owner, (scope) => replayFailed(scope, { id })),
      withTenant(other.owner, (scope) => replayDelivery(scope, { id: deliveryId })),
      readTenant(other.owner, (scope) => getDelivery(scope, { id: deliveryId })),
      readTenant(other.owner, (scope) => listDeliveries(scope, { endpointId: id, limit: 25 })),
    ];
    for (const act of await Promise.allSettled(acts))
      expect(act).toMatchObject({ status: "rejected", reason: { code: "kernel.not_found" } });
  });
});

it("forgets the log after thirty days, with what was sent", async () => {
  const org = await testOrg();
  await add(org);
  await happens(org);
  await deliverDue(org);
  later(24 * 29);
  await purgeWebhookLog();
  expect(await eventsOf(org)).toHaveLength(1);
  later(24 * 31);
  await purgeWebhookLog();
  expect(await eventsOf(org)).toEqual([]);
  const left = await asOwner(
    "select id from webhook_attempt where org_id = $1 union all select id from webhook_delivery where org_id = $1",
    [org.orgId],
  );
  expect(left).toEqual([]);
});
