/**
 * Work across tenants, as the system role with its own explicit policies. Importable only in `functions.ts`,
 * `flows.ts` and `queries/system.ts` of the slices on the declared list (import rules). The reason is logged.
 */
import type { Trace } from "~/kernel/actor";
import { logger } from "~/server/observability/logger";
import { clients, type ScopedDatabase } from "./client";
import { connectionScope, runInScope } from "./scope-store";

export type SystemScope = {
  kind: "system";
  reason: string;
  trace: Trace;
  actorId: string | null;
  db: ScopedDatabase;
};

type Asked = {
  /** Why this has to look across tenants, for whoever reads the log. */
  reason: string;
  trace: Trace;
  /** The person it is done for, where there is one. */
  actorId?: string | null;
};

const scopeOf = ({ trace, actorId }: Asked) =>
  connectionScope({
    tenant: "",
    user: "",
    actorId: actorId ?? "",
    correlationId: trace.correlationId,
    readOnly: false,
  });

/** One atomic transaction across tenants. */
export function withSystem<T>(asked: Asked, work: (scope: SystemScope) => Promise<T>): Promise<T> {
  logger().debug({ reason: asked.reason, correlation_id: asked.trace.correlationId }, "system scope");
  const { reason, trace, actorId = null } = asked;
  return runInScope(scopeOf(asked), () =>
    clients().system.prisma.$transaction(
      (transaction) => work({ kind: "system", reason, trace, actorId, db: transaction as ScopedDatabase }),
      { timeout: 15_000, maxWait: 10_000 },
    ),
  );
}

/** Reads across tenants; each statement its own transaction, in one round trip. */
export function readSystem<T>(asked: Asked, read: (scope: SystemScope) => Promise<T>): Promise<T> {
  const { reason, trace, actorId = null } = asked;
  return runInScope(scopeOf(asked), () =>
    read({ kind: "system", reason, trace, actorId, db: clients().system.prisma }),
  );
}
