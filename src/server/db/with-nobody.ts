/** What is asked before anybody is known: whose key this is. No row of anybody's is in sight, only the functions that answer. */
import type { Trace } from "~/kernel/actor";
import { clients, type ScopedDatabase } from "./client";
import { connectionScope, runInScope } from "./scope-store";

export type NobodyScope = { kind: "nobody"; db: ScopedDatabase };

/** Reads as the app role without tenant and person; each statement its own transaction. */
export const readAsNobody = <T>(trace: Trace, read: (scope: NobodyScope) => Promise<T>): Promise<T> =>
  runInScope(
    connectionScope({
      tenant: "",
      user: "",
      actorId: "",
      correlationId: trace.correlationId,
      readOnly: true,
    }),
    () => read({ kind: "nobody", db: clients().app.prisma }),
  );
