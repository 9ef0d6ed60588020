/** Use cases of endpoints: who is told what, and with which secret. */
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { requireMay } from "~/kernel/may";
import { record } from "~/modules/audit";
import { openSealed, sealSecret } from "~/server/auth/sealing";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { addressFault } from "~/server/http/public-address";
import { noEvents, tooMany, urlRefused } from "../errors";
import { liveSecrets, lockEndpoints } from "../queries";
import { MAX_ENDPOINTS, readingOf, shownUrl } from "../rules";
import {
  DisabledReason,
  hasEvents,
  type Endpoint,
  type EndpointIdInput,
  type EndpointInput,
  type RotateSecretInput,
  type SetActiveInput,
  type UpdateEndpointInput,
} from "../schema";

type Row = {
  id: string;
  url: string;
  description: string;
  allEvents: boolean;
  eventTypes: string[];
  status: string;
  disabledReason: string | null;
  failingSince: Date | null;
  createdAt: Date;
  secrets: { expiresAt: Date | null }[];
};

function shown({ secrets, ...row }: Row): Endpoint {
  const old = secrets.find(({ expiresAt }) => expiresAt !== null && expiresAt > clock.now());
  return {
    ...row,
    status: row.status === "active" ? "active" : "disabled",
    disabledReason: row.disabledReason === null ? null : DisabledReason.parse(row.disabledReason),
    oldSecretUntil: old?.expiresAt ?? null,
  };
}

const SHOWN = {
  id: true,
  url: true,
  description: true,
  allEvents: true,
  eventTypes: true,
  status: true,
  disabledReason: true,
  failingSince: true,
  createdAt: true,
  secrets: { select: { expiresAt: true } },
} as const;

/** Oldest first. */
export async function listEndpoints({
  db,
  actor,
}: TenantReadScope): Promise<{ items: Endpoint[]; limit: number }> {
  const rows = await db.webhookEndpoint.findMany({
    where: { orgId: actor.orgId },
    orderBy: { id: "asc" },
    select: SHOWN,
    take: MAX_ENDPOINTS,
  });
  return { items: rows.map(shown), limit: MAX_ENDPOINTS };
}

/** @throws kernel.not_found */
export async function getEndpoint(
  { db, actor }: TenantReadScope,
  { id }: EndpointIdInput,
): Promise<Endpoint> {
  const row = await db.webhookEndpoint.findFirst({ where: { orgId: actor.orgId, id }, select: SHOWN });
  if (!row) throw notFound("webhook");
  return shown(row);
}

const purposeOf = (orgId: string, endpointId: string) => `webhook:${orgId}:${endpointId}`;

/** As Standard Webhooks writes it. */
const newSigningSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

type Chosen = { allEvents: boolean; eventTypes: readonly string[] };
const eventsOf = ({ allEvents, eventTypes }: Chosen) => ({
  allEvents,
  eventTypes: allEvents ? [] : [...new Set(eventTypes)].sort(),
});

/** A key has nothing sent that its scopes do not read. @throws kernel.scope_missing, kernel.forbidden */
function requireReading({ actor }: TenantScope, chosen: Chosen): void {
  for (const permission of readingOf(chosen)) requireMay(actor, permission);
}

function requireCallable(url: string): string {
  const fault = addressFault(url);
  if (fault) throw urlRefused(fault);
  return url;
}

/** What the audit log says of an endpoint. Its address without a query, which may be a secret. */
const told = ({
  url,
  ...rest
}: {
  url: string;
  description: string;
  allEvents: boolean;
  eventTypes: string[];
}) => ({
  url: shownUrl(url),
  ...rest,
});

/**
 * @returns the endpoint, and its signing secret.
 * @throws webhooks.url_refused, webhooks.too_many, and what `requireMay` throws of the events.
 */
export async function createEndpoint(
  scope: TenantScope,
  input: EndpointInput,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const { db, actor } = scope;
  const { orgId } = actor;
  requireReading(scope, input);
  const values = { url: requireCallable(input.url), description: input.description, ...eventsOf(input) };
  await lockEndpoints(scope);
  if ((await db.webhookEndpoint.count({ where: { orgId } })) >= MAX_ENDPOINTS) throw tooMany();
  const id = newId();
  await db.webhookEndpoint.create({
    data: { id, orgId, ...values, createdById: actor.userId },
    select: { id: true },
  });
  const secret = await putSecret(scope, id);
  await record(scope, { action: "webhook.created", target: { type: "webhook", id }, after: told(values) });
  return { endpoint: await getEndpoint(scope, { id }), secret };
}

async function putSecret({ db, actor: { orgId } }: TenantScope, endpointId: string): Promise<string> {
  const secret = newSigningSecret();
  const sealed = await sealSecret(secret, purposeOf(orgId, endpointId));
  await db.webhookSecret.create({ data: { orgId, endpointId, sealed }, select: { id: true } });
  return secret;
}

/**
 * Changes what is given. Event types that are given mean those alone.
 * @throws kernel.not_found, webhooks.url_refused, webhooks.no_events, and what `requireMay` throws of the events.
 */
export async function updateEndpoint(scope: TenantScope, input: UpdateEndpointInput): Promise<Endpoint> {
  const { id, active } = input;
  const before = await getEndpoint(scope, { id });
  const chosen = {
    allEvents: input.allEvents ?? (input.eventTypes === undefined && before.allEvents),
    eventTypes: input.eventTypes ?? before.eventTypes,
  };
  if (!hasEvents(chosen)) throw noEvents();
  requireReading(scope, chosen);
  const values = {
    url: requireCallable(input.url ?? before.url),
    description: input.description ?? before.description,
    ...eventsOf(chosen),
  };
  if (active !== undefined) await setActive(scope, { id, active });
  const { url, description, allEvents, eventTypes } = before;
  if (isDeepStrictEqual(values, { url, description, allEvents, eventTypes }))
    return getEndpoint(scope, { id });
  await scope.db.webhookEndpoint.updateMany({ where: { orgId: scope.actor.orgId, id }, data: values });
  await record(scope, {
    action: "webhook.updated",
    target: { type: "webhook", id },
    before: told({ url, description, allEvents, eventTypes }),
    after: told(values),
  });
  return getEndpoint(scope, { id });
}

/** With its secrets and its log. @throws kernel.not_found */
export async function deleteEndpoint(scope: TenantScope, { id }: EndpointIdInput): Promise<void> {
  const { url } = await getEndpoint(scope, { id });
  await scope.db.webhookEndpoint.deleteMany({ where: { orgId: scope.actor.orgId, id } });
  await record(scope, {
    action: "webhook.deleted",
    target: { type: "webhook", id },
    before: { url: shownUrl(url) },
  });
}

/**
 * Switches an endpoint on or off. What is on its way to one that is switched off ends; what happens meanwhile is not told
 * later, unless somebody sends it again from the log. @throws kernel.not_found
 */
export async function setActive(scope: TenantScope, { id, active }: SetActiveInput): Promise<Endpoint> {
  const before = await getEndpoint(scope, { id });
  if ((before.status === "active") === active) return before;
  await scope.db.webhookEndpoint.updateMany({
    where: { orgId: scope.actor.orgId, id },
    data: active
      ? { status: "active", disabledReason: null, failingSince: null, warnedAt: null }
      : { status: "disabled", disabledReason: "by_hand" },
  });
  if (!active) await endDeliveries(scope, id);
  await record(scope, {
    action: active ? "webhook.enabled" : "webhook.disabled",
    target: { type: "webhook", id },
    after: active ? {} : { reason: "by_hand" },
  });
  return getEndpoint(scope, { id });
}

/** Nothing more goes to this endpoint: what is pending has failed. */
export const endDeliveries = ({ db, actor }: TenantScope, endpointId: string) =>
  db.webhookDelivery.updateMany({
    where: { orgId: actor.orgId, endpointId, status: "pending" },
    data: {
      status: "failed",
      lastFault: "endpoint_disabled",
      nextAttemptAt: null,
      claimedUntil: null,
      finishedAt: clock.now(),
    },
  });

/** The secret to verify with. That somebody looked is written down. @throws kernel.not_found */
export async function showSecret(scope: TenantScope, { id }: EndpointIdInput): Promise<{ secret: string }> {
  const { orgId } = scope.actor;
  const [own] = await liveSecrets(scope.db, { orgId, endpointId: id, now: clock.now() });
  if (!own) throw notFound("webhook");
  await record(scope, { action: "webhook.secret_shown", target: { type: "webhook", id } });
  return { secret: await openSealed(own.sealed, purposeOf(orgId, id)) };
}

/** The secrets a delivery is signed with, newest first. */
export async function signingSecrets(
  { db, actor: { orgId } }: TenantReadScope,
  endpointId: string,
): Promise<string[]> {
  const live = await liveSecrets(db, { orgId, endpointId, now: clock.now() });
  return Promise.all(live.map(({ sealed }) => openSealed(sealed, purposeOf(orgId, endpointId))));
}

/**
 * A new secret; the one before signs beside it for `overlapHours`. At most two are alive: an older one ends at once.
 * @throws kernel.not_found
 */
export async function rotateSecret(
  scope: TenantScope,
  { id, overlapHours }: RotateSecretInput,
): Promise<{ secret: string }> {
  const { db, actor } = scope;
  const { orgId } = actor;
  await lockEndpoints(scope);
  const [own, ...older] = await liveSecrets(db, { orgId, endpointId: id, now: clock.now() });
  if (!own) throw notFound("webhook");
  await db.webhookSecret.deleteMany({ where: { orgId, id: { in: older.map((one) => one.id) } } });
  const expiresAt = new Date(clock.now().getTime() + overlapHours * 3_600_000);
  await db.webhookSecret.updateMany({ where: { orgId, id: own.id }, data: { expiresAt } });
  const secret = await putSecret(scope, id);
  await record(scope, {
    action: "webhook.secret_rotated",
    target: { type: "webhook", id },
    after: { overlapHours },
  });
  return { secret };
}
