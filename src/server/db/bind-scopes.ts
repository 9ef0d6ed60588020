/**
 * Prisma queues `findUnique` and `$transaction([...])` of one tick and sends them all from the async context of
 * whoever came first: with an ambient tenant that is a cross-tenant read (100 of 100 tries in the leak test's red
 * control). This pins each request to the scope it was made in and never batches across scopes. It refuses to
 * start when Prisma's internals have moved, because then nothing could be promised.
 */
import { currentScope, enterScope, type ConnectionScope } from "./scope-store";

type Request = object;
type LoaderOptions = {
  batchBy: (request: Request) => string | undefined;
  singleLoader: (request: Request) => Promise<unknown>;
  batchLoader: (requests: Request[]) => Promise<unknown>;
};

const pinned = new WeakMap<Request, ConnectionScope>();
const LOADER_PARTS = ["batchBy", "singleLoader", "batchLoader"] as const;

/** @throws at boot when this Prisma has no data loader of the known shape. */
export function bindScopes<T extends object>(client: T): T {
  const handler = (client as { _requestHandler?: { dataloader?: { options?: LoaderOptions } } })
    ._requestHandler;
  const options = handler?.dataloader?.options;
  for (const part of LOADER_PARTS) {
    if (typeof options?.[part] !== "function") {
      throw new Error(
        `Prisma's data loader has no ${part}: tenant isolation cannot be guaranteed with this version`,
      );
    }
  }
  const { batchBy, singleLoader, batchLoader } = options!;
  options!.batchBy = (request) => {
    const scope = currentScope();
    if (scope) pinned.set(request, scope);
    const key = batchBy(request);
    return key && `${scopeKey(scope)}|${key}`;
  };
  options!.singleLoader = (request) => enterScope(pinned.get(request), () => singleLoader(request));
  options!.batchLoader = (requests) => {
    const scope = requests[0] && pinned.get(requests[0]);
    if (requests.some((request) => scopeKey(pinned.get(request)) !== scopeKey(scope))) {
      throw new Error("a Prisma batch mixes scopes");
    }
    return enterScope(scope, () => batchLoader(requests));
  };
  return client;
}

const scopeKey = (scope: ConnectionScope | undefined) =>
  scope ? `${scope.tenant}/${scope.user}/${scope.actorId}/${scope.correlationId}/${scope.readOnly}` : "none";
