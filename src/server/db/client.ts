/**
 * The two Prisma clients of a process (app and system role), each over a scoped pool. Kept on globalThis: Next
 * bundles instrumentation and routes apart, and two copies would be two pools.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { env } from "~/server/config/env";
import { bindScopes } from "./bind-scopes";
import { PrismaClient } from "./generated/client";
import { ScopedPool, statementNames } from "./scoped-pool";
import { softDelete } from "./soft-delete";

type Pool = {
  connectionString: string;
  max: number;
  /** How long to wait for a connection when all are taken or the server does not answer. */
  connectionTimeoutMillis?: number;
};

/** Builds a client whose every statement carries its scope. Tests build their own on other URLs. */
export function createClient({ connectionString, max, connectionTimeoutMillis = 10_000 }: Pool) {
  const isNamed = env().DATABASE_NAMED_STATEMENTS;
  const pool = new ScopedPool(
    {
      connectionString,
      max,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      application_name: `tenantry-${env().SERVICE_NAME}`,
    },
    { named: isNamed },
  );
  pool.on("error", () => {}); // an idle connection that dies is replaced by the next query; readiness reports the database
  const adapter = new PrismaPg(
    pool as unknown as pg.Pool,
    isNamed ? { statementNameGenerator: statementNames() } : {},
  );
  const prisma = bindScopes(new PrismaClient({ adapter, errorFormat: "minimal" }));
  return { pool, prisma: prisma.$extends(softDelete) };
}

type Clients = { app: ReturnType<typeof createClient>; system: ReturnType<typeof createClient> };
const held = globalThis as typeof globalThis & { __tenantryDatabase?: Clients };

export function clients(): Clients {
  held.__tenantryDatabase ??= {
    app: createClient({ connectionString: env().DATABASE_URL, max: env().DATABASE_POOL_MAX }),
    system: createClient({
      connectionString: env().DATABASE_SYSTEM_URL,
      max: env().DATABASE_SYSTEM_POOL_MAX,
    }),
  };
  return held.__tenantryDatabase;
}

export type Database = ReturnType<typeof createClient>["prisma"];
/** What a scope hands out: everything but the doors that would open, close or leave it. */
export type ScopedDatabase = Omit<Database, "$transaction" | "$connect" | "$disconnect" | "$extends" | "$on">;

/** For tests and graceful shutdown. */
export async function closeClients(): Promise<void> {
  const open = held.__tenantryDatabase;
  held.__tenantryDatabase = undefined;
  if (!open) return;
  await Promise.all(
    [open.app, open.system].map(async ({ prisma, pool }) => {
      await prisma.$disconnect();
      await pool.end();
    }),
  );
}
