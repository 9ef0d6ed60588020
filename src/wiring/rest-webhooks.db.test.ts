// Webhooks over REST, by a key: no endpoint reaches further than the key that makes it, and no secret lies around readable.
import { beforeAll, expect, it } from "vitest";
import type { Scope } from "~/kernel/scopes";
import { testKey } from "~/testing/keys";
import { ask, type Program } from "~/testing/rest";
import { asOwner, testOrg, unique, type TestOrg } from "~/testing/tenants";

let org: TestOrg;
beforeAll(async () => {
  org = await testOrg();
});

const keyed = async (...scopes: Scope[]): Promise<Program> => {
  const { headers } = await testKey(org.owner, { scopes: ["webhooks:read", "webhooks:write", ...scopes] });
  return (method, path, sent = {}) =>
    ask(method, path, { ...sent, headers: { ...headers, ...sent.headers } });
};
const hook = (given: Record<string, unknown> = {}) => ({
  body: { url: "https://hooks.example.com/in", event_types: ["company.created"], ...given },
});

it("lives from its making to its deletion, with its secret told once", async () => {
  const call = await keyed("crm:read");
  const made = await call("POST", "/webhooks", hook({ description: "Warehouse" }));
  expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) as string } });
  const { id } = made.body.endpoint as { id: string };
  const listed = await call("GET", "/webhooks");
  expect(listed.body).toMatchObject({ data: [{ id, description: "Warehouse" }], next_cursor: null });
  expect(JSON.stringify(listed.body)).not.toContain("whsec_");
  const changed = await call("PATCH", `/webhooks/${id}`, { body: { active: false, description: "Shed" } });
  expect(changed).toMatchObject({
    status: 200,
    body: { status: "disabled", description: "Shed", event_types: ["company.created"] },
  });
  expect((await call("POST", `/webhooks/${id}/test`)).body.code).toBe("webhooks.disabled");
  await call("PATCH", `/webhooks/${id}`, { body: { active: true } });
  const sent = await call("POST", `/webhooks/${id}/test`);
  expect(sent.status).toBe(202);
  const log = await call("GET", `/webhooks/${id}/deliveries`);
  expect(log.body.data).toMatchObject([{ id: sent.body.delivery_id, event_type: "webhook.tested" }]);
  const rotated = await call("POST", `/webhooks/${id}/rotate-secret`, { body: { overlap_hours: 1 } });
  expect(rotated.body.secret).not.toBe(made.body.secret);
  expect((await call("DELETE", `/webhooks/${id}`)).status).toBe(204);
  expect((await call("GET", `/webhooks/${id}`)).status).toBe(404);
});

it("has nothing sent that the key’s own scopes do not read, now or by a change", async () => {
  const call = await keyed("crm:read");
  for (const given of [{ event_types: ["company.created", "member.left"] }, { all_events: true }]) {
    const told = await call("POST", "/webhooks", hook(given));
    expect(told).toMatchObject({ status: 403, body: { code: "kernel.scope_missing" } });
  }
  const { id } = (await call("POST", "/webhooks", hook())).body.endpoint as { id: string };
  for (const body of [{ event_types: ["member.left"] }, { all_events: true }])
    expect((await call("PATCH", `/webhooks/${id}`, { body })).status).toBe(403);
  // Nor by turning one that somebody else made to another address.
  const blind = await keyed();
  const turned = await blind("PATCH", `/webhooks/${id}`, { body: { url: "https://elsewhere.example.com/" } });
  expect(turned).toMatchObject({ status: 403, body: { error: { scope: "crm:read" } } });
});

it("shows what was sent only to a key that may read what it is about", async () => {
  const call = await keyed("crm:read");
  const { id } = (await call("POST", "/webhooks", hook())).body.endpoint as { id: string };
  const [event, delivery] = [crypto.randomUUID(), crypto.randomUUID()];
  await asOwner(
    `insert into webhook_event (id, org_id, type, body, fanned_out_at) values ($1, $2, 'company.created', '{"name":"Borealis"}', now())`,
    [event, org.orgId],
  );
  await asOwner(
    `insert into webhook_delivery (id, org_id, endpoint_id, event_id, event_type, status) values ($1, $2, $3, $4, 'company.created', 'succeeded')`,
    [delivery, org.orgId, id, event],
  );
  const path = `/webhook-deliveries/${delivery}`;
  expect((await call("GET", path)).body.body).toContain("Borealis");
  const blind = await keyed();
  expect((await blind("GET", `/webhooks/${id}/deliveries`)).body.data).toMatchObject([{ id: delivery }]);
  expect(await blind("GET", path)).toMatchObject({ status: 403, body: { code: "kernel.scope_missing" } });
});

it("answers a repeated making with the same secret, which is not readable where it is kept", async () => {
  const call = await keyed("crm:read");
  const headers = { "idempotency-key": unique("key") };
  const send = () => call("POST", "/webhooks", { ...hook(), headers });
  const first = await send();
  const again = await send();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(again.body).toEqual(first.body);
  const [kept] = await asOwner<{ body: string }>("select body from idempotency_key where key = $1", [
    headers["idempotency-key"],
  ]);
  expect(kept!.body).not.toContain("whsec_");
  expect(kept!.body.length).toBeGreaterThan(100);
});
