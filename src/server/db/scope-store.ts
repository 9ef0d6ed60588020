/**
 * The scope of the database work that is running, carried beside the call (AsyncLocalStorage) because Prisma hands
 * the pool nothing but SQL. Private to this folder: callers hold a scope explicitly (design decision 1), and the
 * import rules keep everybody else out. `bind-scopes.ts` closes the one hole Prisma opens in it.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What the prelude of every statement sets. Exactly one of tenant and user is non-empty; for system both are empty. */
export type ConnectionScope = {
  readonly tenant: string;
  readonly user: string;
  readonly actorId: string;
  readonly correlationId: string;
  readonly readOnly: boolean;
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws when an id is not a uuid: a scope is never opened on doubtful ground. */
export function connectionScope(scope: ConnectionScope): ConnectionScope {
  for (const id of [scope.tenant, scope.user, scope.actorId]) {
    if (id !== "" && !UUID.test(id)) throw new Error("scope: an id is not a uuid");
  }
  if (scope.tenant !== "" && scope.user !== "")
    throw new Error("scope: either a tenant or a user, never both");
  return Object.freeze({ ...scope });
}

// One for the process: Next bundles instrumentation and routes apart, and a pool made by one asks the scope of the other.
const held = globalThis as typeof globalThis & { __tenantryScopes?: AsyncLocalStorage<ConnectionScope> };
const store = (held.__tenantryScopes ??= new AsyncLocalStorage<ConnectionScope>());

export const currentScope = (): ConnectionScope | undefined => store.getStore();

/** @throws outside a scope: there is no unscoped database access. */
export function requireScope(): ConnectionScope {
  const scope = store.getStore();
  if (!scope)
    throw new Error("database access outside a scope: use readTenant, withTenant, withUser or withSystem");
  return scope;
}

/** `await` inside matters: a Prisma promise is lazy and runs in the scope where it is awaited. */
export const runInScope = <T>(scope: ConnectionScope, work: () => PromiseLike<T> | T): Promise<T> =>
  store.run(scope, async () => await work());

/** As `runInScope`, for callbacks that must stay synchronous. */
export const enterScope = <T>(scope: ConnectionScope | undefined, work: () => T): T =>
  scope ? store.run(scope, work) : store.exit(work);
