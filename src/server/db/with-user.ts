/** A person's own rows, whatever organization they are looking at. */
import type { UserActor } from "~/kernel/actor";
import { clients, type ScopedDatabase } from "./client";
import { connectionScope, runInScope } from "./scope-store";

export type UserScope = { kind: "user"; actor: UserActor; db: ScopedDatabase };

const scopeOf = (actor: UserActor) =>
  connectionScope({
    tenant: "",
    user: actor.userId,
    actorId: actor.userId,
    correlationId: actor.trace.correlationId,
    // What is a member's own stays as it is while staff look.
    readOnly: actor.staff !== undefined,
  });

/** Reads of a person's own rows; each statement its own transaction. */
export const readUser = <T>(actor: UserActor, read: (scope: UserScope) => Promise<T>): Promise<T> =>
  runInScope(scopeOf(actor), () => read({ kind: "user", actor, db: clients().app.prisma }));

/** One atomic transaction over a person's own rows. */
export const withUser = <T>(actor: UserActor, work: (scope: UserScope) => Promise<T>): Promise<T> =>
  runInScope(scopeOf(actor), () =>
    clients().app.prisma.$transaction((transaction) =>
      work({ kind: "user", actor, db: transaction as ScopedDatabase }),
    ),
  );
