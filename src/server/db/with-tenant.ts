/** The two ways into a tenant: `readTenant` for reads, `withTenant` for anything that changes something. */
import type { OrgActor } from "~/kernel/actor";
import { isReadOnly } from "~/kernel/actor";
import type { DomainEvent } from "~/server/events/event";
import { sendSoon, writeOutbox } from "~/server/events/outbox";
import { clients, type ScopedDatabase } from "./client";
import { connectionScope, runInScope, type ConnectionScope } from "./scope-store";

export { newId } from "./ids";
export type { ScopedDatabase } from "./client";

/** One unit of work inside one organization. Use cases take it as their first argument. */
export type TenantScope = {
  kind: "tenant";
  actor: OrgActor;
  db: ScopedDatabase;
  /** Announces a fact: written to the outbox in this transaction, sent after COMMIT. */
  emit(event: DomainEvent): Promise<void>;
};

/** A scope that only reads: no `emit`, and no promise that two statements see the same snapshot. */
export type TenantReadScope = Omit<TenantScope, "emit">;

/** Milliseconds a transaction may take before it is rolled back. No network call belongs inside. */
const TRANSACTION_TIMEOUT_MS = 15_000;

const scopeOf = (actor: OrgActor): ConnectionScope =>
  connectionScope({
    tenant: actor.orgId,
    user: "",
    actorId: actor.userId ?? "",
    correlationId: actor.trace.correlationId,
    readOnly: isReadOnly(actor),
  });

/**
 * Reads of one tenant. Each statement is its own implicit transaction in one round trip, so reads may run in
 * parallel (`Promise.all`).
 */
export function readTenant<T>(actor: OrgActor, read: (scope: TenantReadScope) => Promise<T>): Promise<T> {
  const db = clients().app.prisma;
  return runInScope(scopeOf(actor), () => read({ kind: "tenant", actor, db }));
}

const noteCommitted = (db: ScopedDatabase, orgId: string, id: string) =>
  db.$executeRaw`UPDATE idempotency_key SET committed_at = now() WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`;

/**
 * One atomic transaction of one tenant, begun with its first statement: whatever is thrown inside rolls all of it
 * back. Emitted events are sent after COMMIT. Open it in the resolver, never in tRPC middleware around `next()`:
 * that never rejects, so a failed resolver would commit.
 * @throws what `work` throws; 25006 inside when the member is read-only.
 */
export async function withTenant<T>(actor: OrgActor, work: (scope: TenantScope) => Promise<T>): Promise<T> {
  let hasEmitted = false;
  const answer = await runInScope(scopeOf(actor), () =>
    clients().app.prisma.$transaction(
      async (transaction) => {
        const db = transaction as ScopedDatabase;
        const scope: TenantScope = {
          kind: "tenant",
          actor,
          db,
          emit: async (event) => {
            await writeOutbox(db, actor.orgId, event);
            hasEmitted = true;
          },
        };
        const answer = await work(scope);
        const { idempotencyId } = actor.trace;
        // Last, so that the claim says nothing of what is rolled back.
        if (idempotencyId) await noteCommitted(db, actor.orgId, idempotencyId);
        return answer;
      },
      { timeout: TRANSACTION_TIMEOUT_MS, maxWait: 10_000 },
    ),
  );
  if (hasEmitted) sendSoon();
  return answer;
}
