/**
 * The process's one ear on the database: LISTEN on a direct connection, fanned out by kind. A payload says what
 * sort of thing changed in which organization, nothing more; whoever listens re-reads through its own scope.
 */
import pg from "pg";
import { z } from "zod";
import { env } from "~/server/config/env";
import { logger } from "~/server/observability/logger";

export const NotificationKind = z.enum([
  "membership",
  "organization",
  "session",
  "job",
  "notification",
  "entitlement",
  "feature",
  "api_key",
]);
export type NotificationKind = z.infer<typeof NotificationKind>;
const Payload = z.object({ kind: NotificationKind, org_id: z.string().nullable() });

export type Notification = { kind: NotificationKind; orgId: string | null } | { kind: "reset" };
type Listener = (notification: Notification) => void;

const CHANNEL = "tenantry";
const HEARTBEAT_MS = 400;
const RECONNECT_MS = [50, 200, 500, 1_000, 2_000, 5_000];

/** Caches that must be right within a second ask the database while the ear was deaf for longer than this. */
const STALE_AFTER_MS = 1_000;

class DatabaseListener {
  readonly #listeners = new Set<Listener>();
  #client: pg.Client | undefined;
  #heardAt = 0;
  #failures = 0;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  /** Calls `listener` on each notification, and with `reset` whenever some may have been missed. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#start();
    return () => this.#listeners.delete(listener);
  }

  /** Whether nothing can have been missed for over a second. */
  isFresh(): boolean {
    this.#start();
    return Date.now() - this.#heardAt < STALE_AFTER_MS;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  #start() {
    if (this.#client || this.#timer || this.#isClosed) return;
    void this.#connect();
  }

  async #connect() {
    this.#timer = undefined;
    const client = new pg.Client({
      connectionString: env().DATABASE_LISTEN_URL,
      application_name: `tenantry-${env().SERVICE_NAME}-listen`,
      connectionTimeoutMillis: 5_000,
      // A server that takes the heartbeat and never answers is as good as gone.
      query_timeout: 5_000,
      keepAlive: true,
    });
    this.#client = client;
    client.on("notification", ({ payload }) => this.#hear(payload));
    client.on("error", (error) => this.#lose(client, error));
    client.on("end", () => this.#lose(client, new Error("connection ended")));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#failures = 0;
      this.#heardAt = Date.now();
      this.#tell({ kind: "reset" });
      void this.#beat(client);
    } catch (error) {
      this.#lose(client, error as Error);
    }
  }

  /** A round trip proves that the connection lives; a silent one would look fresh for ever. */
  async #beat(client: pg.Client) {
    while (this.#client === client && !this.#isClosed) {
      const sentAt = Date.now();
      try {
        await client.query("select 1");
        this.#heardAt = sentAt;
      } catch (error) {
        return this.#lose(client, error as Error);
      }
      await new Promise((resolve) => setTimeout(resolve, HEARTBEAT_MS).unref());
    }
  }

  #lose(client: pg.Client, error: Error) {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.removeAllListeners();
    client.on("error", () => {}); // a late one of a connection already given up
    void client.end().catch(() => {});
    if (this.#isClosed) return;
    const delay = RECONNECT_MS[Math.min(this.#failures++, RECONNECT_MS.length - 1)]!;
    logger().warn({ err: error, retry_in_ms: delay }, "database listener lost its connection");
    this.#timer = setTimeout(() => void this.#connect(), delay);
    this.#timer.unref();
  }

  #hear(payload: string | undefined) {
    const parsed = Payload.safeParse(safeJson(payload));
    if (!parsed.success) return logger().warn("a notification of unknown shape was ignored");
    this.#tell({ kind: parsed.data.kind, orgId: parsed.data.org_id });
  }

  #tell(notification: Notification) {
    for (const listener of this.#listeners) {
      try {
        listener(notification);
      } catch (error) {
        // The others must still hear it.
        logger().error({ err: error, kind: notification.kind }, "a listener of notifications failed");
      }
    }
  }
}

function safeJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

const held = globalThis as typeof globalThis & { __tenantryListener?: DatabaseListener };
export const databaseListener = (): DatabaseListener => (held.__tenantryListener ??= new DatabaseListener());
