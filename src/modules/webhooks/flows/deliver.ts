/** One try of one delivery: read and claim, call, write down. A crash in between costs a try, never the event. */
import type { OrgActor, Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import {
  newId,
  readTenant,
  withTenant,
  type TenantReadScope,
  type TenantScope,
} from "~/server/db/with-tenant";
import { readSystem } from "~/server/db/with-system";
import { metrics } from "~/server/observability/metrics";
import { post, type Post } from "../adapters/http";
import { ENDPOINT_TROUBLED, type DeliveryDue } from "../events";
import { orgOfDelivery } from "../queries/system";
import { isSuccess, judge, nextTry, type Health, type Outcome } from "../rules";
import { TEST_EVENT, type EventBody } from "../schema";
import { endDeliveries, signingSecrets } from "../service";

/** The thing an event is about as the API shows it, or null when it is gone. Bound by the fuse-box: it knows every slice. */
export type RecordReader = (scope: TenantReadScope, id: string) => Promise<Record<string, unknown> | null>;
export type RecordReaders = Partial<Record<string, RecordReader>>;

type Claimed = {
  endpoint: { id: string; url: string } & Health;
  event: Event;
  /** From 1. */
  attempt: number;
};
type Event = {
  id: string;
  type: string;
  targetType: string | null;
  targetId: string | null;
  actorId: string | null;
  body: string | null;
  createdAt: Date;
};

/**
 * @returns what became of it; "stale" when this try was taken before, or nothing is to be sent any more.
 */
export async function deliver(
  { deliveryId, attempt }: DeliveryDue,
  trace: Trace,
  readers: RecordReaders,
  send: Post = post,
): Promise<"succeeded" | "failed" | "stale"> {
  const found = await readSystem({ reason: "whose delivery", trace }, (scope) =>
    orgOfDelivery(scope, deliveryId),
  );
  if (!found) return "stale";
  const actor: OrgActor = { kind: "org", orgId: found.orgId, userId: null, role: "job", trace };
  const claimed = await withTenant(actor, (scope) => claim(scope, deliveryId, attempt));
  if (!claimed) return "stale";
  const { event, endpoint } = claimed;
  const body = event.body ?? (await putTogether(actor, event, readers));
  const secrets = await readTenant(actor, (scope) => signingSecrets(scope, endpoint.id));
  const startedAt = clock.now();
  const { outcome, durationMs, answer } = await send({
    url: endpoint.url,
    id: event.id,
    body,
    secrets,
    at: startedAt,
  });
  metrics().webhooksSent.inc({
    outcome: isSuccess(outcome) ? "ok" : outcome.kind === "failed" ? outcome.fault : "refused",
  });
  await withTenant(actor, (scope) =>
    settle(scope, deliveryId, claimed, { outcome, startedAt, durationMs, answer }),
  );
  return isSuccess(outcome) ? "succeeded" : "failed";
}

/** Takes this try; a second run of it finds the count moved on. */
async function claim(scope: TenantScope, id: string, attempt: number): Promise<Claimed | null> {
  const { db, actor } = scope;
  const { count } = await db.webhookDelivery.updateMany({
    where: { orgId: actor.orgId, id, status: "pending", attempts: attempt },
    data: { attempts: attempt + 1 },
  });
  if (count === 0) return null;
  const { endpoint, event } = await db.webhookDelivery.findFirstOrThrow({
    where: { orgId: actor.orgId, id },
    select: {
      endpoint: { select: { id: true, url: true, status: true, failingSince: true, warnedAt: true } },
      event: {
        select: {
          id: true,
          type: true,
          targetType: true,
          targetId: true,
          actorId: true,
          body: true,
          createdAt: true,
        },
      },
    },
  });
  if (endpoint.status === "active") return { endpoint, event, attempt: attempt + 1 };
  await endDeliveries(scope, endpoint.id);
  return null;
}

/** Written once: every try and every endpoint sends the same text. */
async function putTogether(actor: OrgActor, event: Event, readers: RecordReaders): Promise<string> {
  const { id, type, targetType, targetId, actorId, createdAt } = event;
  const reader = targetType && type !== TEST_EVENT ? readers[targetType] : undefined;
  const read = reader && targetId ? await readTenant(actor, (scope) => reader(scope, targetId)) : null;
  const body: EventBody = {
    type,
    timestamp: createdAt.toISOString(),
    data: {
      target: targetType && targetId ? { type: targetType, id: targetId } : null,
      actor_id: actorId,
      record: read,
    },
  };
  const text = JSON.stringify(body);
  return withTenant(actor, async ({ db }) => {
    await db.webhookEvent.updateMany({ where: { orgId: actor.orgId, id, body: null }, data: { body: text } });
    const kept = await db.webhookEvent.findFirstOrThrow({
      where: { orgId: actor.orgId, id },
      select: { body: true },
    });
    return kept.body ?? text;
  });
}

type Tried = { outcome: Outcome; startedAt: Date; durationMs: number; answer: string | null };

async function settle(
  scope: TenantScope,
  deliveryId: string,
  { endpoint, attempt }: Claimed,
  tried: Tried,
): Promise<void> {
  const { db, actor } = scope;
  const { orgId } = actor;
  const { outcome, startedAt, durationMs, answer } = tried;
  const now = clock.now();
  const statusCode = outcome.kind === "answered" ? outcome.status : null;
  const fault = outcome.kind === "failed" ? outcome.fault : null;
  await db.webhookAttempt.create({
    data: { orgId, deliveryId, number: attempt, startedAt, durationMs, statusCode, fault, answer },
    select: { id: true },
  });
  const next = isSuccess(outcome) ? null : nextTry(attempt, outcome, now, Math.random());
  await db.webhookDelivery.updateMany({
    where: { orgId, id: deliveryId, status: "pending" },
    data: {
      lastStatusCode: statusCode,
      lastFault: fault,
      claimedUntil: null,
      nextAttemptAt: next,
      ...(next === null && { status: isSuccess(outcome) ? "succeeded" : "failed", finishedAt: now }),
    },
  });
  const { health, act } = judge(endpoint, outcome, now);
  if (
    same(health.failingSince, endpoint.failingSince) &&
    same(health.warnedAt, endpoint.warnedAt) &&
    act === "none"
  )
    return;
  const isDisabled = act === "disable_failing" || act === "disable_gone";
  const { count } = await db.webhookEndpoint.updateMany({
    where: { orgId, id: endpoint.id, status: "active", ...(act === "warn" && { warnedAt: null }) },
    data: {
      ...health,
      ...(isDisabled && { status: "disabled", disabledReason: act === "disable_gone" ? "gone" : "failing" }),
    },
  });
  // Of two tries at once, one decides.
  if (count === 0 || act === "none") return;
  if (isDisabled) {
    await endDeliveries(scope, endpoint.id);
    await record(scope, {
      action: "webhook.disabled",
      target: { type: "webhook", id: endpoint.id },
      after: { reason: act === "disable_gone" ? "gone" : "failing" },
    });
  }
  const since = (health.failingSince ?? now).toISOString();
  await scope.emit({
    id: `webhook-troubled:${endpoint.id}:${since}:${isDisabled ? "off" : "warned"}:${newId()}`,
    name: ENDPOINT_TROUBLED,
    data: { orgId, endpointId: endpoint.id, since, isDisabled },
  });
}

const same = (left: Date | null, right: Date | null): boolean => left?.getTime() === right?.getTime();
