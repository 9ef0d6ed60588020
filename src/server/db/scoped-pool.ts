/**
 * A pg pool that sends the scope with each statement: `set_config(…, true)` and the statement go out in one write
 * under one Sync, which Postgres runs as one implicit transaction. So scoping costs no round trip, and nothing of it
 * is left on the connection (docs/MULTI_TENANCY.md has the measurements). It stands under the stock Prisma adapter.
 *
 * Leans on pg's internals (Query, Connection): the version is pinned, and the isolation tests cover each of them.
 */
import { createHash } from "node:crypto";
import pg from "pg";
import { prepareValue } from "pg/lib/utils.js";
import { requireScope, type ConnectionScope } from "./scope-store";

type Statement = { name: string; text: string; values?: string[] };
type QueryConfig = { text: string; values?: unknown[]; name?: string; rowMode?: "array"; types?: unknown };
type Result = pg.QueryArrayResult;
type Done = (error: PgError | null, result?: Result) => void;
type PgError = Error & { code?: string; severity?: string };
type RowDescription = { fields: unknown[] };

/** The wire-level face of a pg connection. */
type Connection = {
  parsedStatements: Record<string, string | undefined>;
  submittedNamedStatements: Record<string, string | undefined>;
  parse(message: { name?: string; text: string }): void;
  bind(message: { statement?: string; values?: unknown[]; valueMapper?: (value: unknown) => unknown }): void;
  describe(message: { type: "P" | "S"; name: string }): void;
  execute(message?: object): void;
  close(message: { type: "P" | "S"; name: string }): void;
  sync(): void;
};

type ScopedClient = pg.PoolClient & {
  connection: { stream: { cork(): void; uncork(): void } };
  getTransactionStatus(): "I" | "T" | "E" | null;
  _queryable: boolean;
  query(query: ScopedQuery | string): Promise<Result>;
};

/** The parts of pg's Query class that are overridden or read. */
type QueryBase = {
  name?: string;
  text?: string;
  values?: unknown[];
  _result: { addFields(fields: unknown[]): void };
  _accumulateRows: boolean;
  _canceledDueToError: unknown;
  handleRowDescription(message: RowDescription): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleError(error: PgError, connection?: Connection): void;
};
const Query = pg.Query as unknown as new (config: object, values: undefined, done: Done) => QueryBase;

const SETTINGS =
  "select set_config('app.current_tenant', $1, true), set_config('app.current_user_id', $2, true), " +
  "set_config('app.actor_id', $3, true), set_config('app.correlation_id', $4, true)";
/** Postgres itself refuses writes then (25006), and a later statement cannot switch it back. */
const READ_ONLY = ", set_config('transaction_read_only', 'on', true)";

const setScope = (scope: ConnectionScope): Statement => ({
  name: scope.readOnly ? "scope_ro" : "scope_rw",
  text: scope.readOnly ? SETTINGS + READ_ONLY : SETTINGS,
  values: [scope.tenant, scope.user, scope.actorId, scope.correlationId],
});

export type StatementMode = { named: boolean };

/**
 * Reads may share a connection and a write to it when more are asked than connections are free; each keeps its own
 * Sync, so its own transaction, tenant and error. A slow one holds up at most this many behind it.
 */
export type ReadSharing = { connections: number; depth: number };

/**
 * Nothing but reads is shared: were a raw BEGIN among them, it would take in a neighbour's write that was already
 * answered for.
 */
const isRead = (text: string): boolean => /^\s*select\b/i.test(text);

/**
 * "cached plan must not change result type" and "prepared statement does not exist": parse again. A retry is safe,
 * because the whole implicit transaction was rolled back.
 */
const STALE_STATEMENT = new Set(["0A000", "26000"]);

/** Connection → statement name → its row description, so that a known statement needs no Describe. */
const knownFields = new WeakMap<object, Map<string, unknown[]>>();

/** Prelude statements + one real statement + one Sync: one implicit transaction in one write. */
class ScopedQuery extends Query {
  #at = 0;
  #fields: unknown[] | undefined;
  #connection: Connection | undefined;
  readonly #main: { name: string | undefined; text: string };

  constructor(
    config: QueryConfig,
    private readonly prelude: Statement[],
    private readonly mode: StatementMode,
    done: Done,
  ) {
    super({ ...config, queryMode: "extended" }, undefined, done);
    this.#main = { name: this.name || undefined, text: config.text };
  }

  /** Called by pg inside a corked socket. */
  prepare(connection: Connection) {
    for (const statement of this.prelude) {
      const name = this.mode.named ? statement.name : "";
      if (!name) connection.parse({ text: statement.text });
      else if (connection.parsedStatements[name] === undefined) {
        connection.close({ type: "S", name }); // nothing when unknown; makes parsing again after a lost answer safe
        connection.parse({ name, text: statement.text });
      }
      connection.bind({ statement: name, values: statement.values });
      connection.execute();
    }
    const { name, text } = this.#main;
    const isKnown =
      name !== undefined &&
      (connection.parsedStatements[name] !== undefined ||
        connection.submittedNamedStatements[name] !== undefined);
    if (!isKnown) {
      if (name) {
        connection.close({ type: "S", name });
        connection.submittedNamedStatements[name] = text;
      }
      connection.parse({ name, text });
    }
    try {
      connection.bind({ statement: name, values: this.values, valueMapper: prepareValue });
      this.#fields =
        name && connection.parsedStatements[name] !== undefined
          ? knownFields.get(connection)?.get(name)
          : undefined;
      if (!this.#fields) connection.describe({ type: "P", name: "" });
      connection.execute();
    } catch (error) {
      this._canceledDueToError = error; // a value that can't be serialised: nothing of the statement was sent
    }
    connection.sync();
    this.#connection = connection;
    this.#enter();
  }

  /** pg files answers under `name`: point it at the statement the server is executing. */
  #enter() {
    const statement = this.prelude[this.#at];
    this.name = statement ? (this.mode.named ? statement.name : undefined) : this.#main.name;
    this.text = statement ? statement.text : this.#main.text;
    if (!statement && this.#fields) {
      this._result.addFields(this.#fields);
      this._accumulateRows = true;
    }
  }

  override handleRowDescription(message: RowDescription) {
    super.handleRowDescription(message);
    if (!this.#main.name || !this.#connection) return;
    const fields = knownFields.get(this.#connection) ?? new Map<string, unknown[]>();
    knownFields.set(this.#connection, fields.set(this.#main.name, message.fields));
  }

  override handleDataRow(message: unknown) {
    if (this.#at === this.prelude.length) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection) {
    if (this.#at < this.prelude.length) {
      this.#at++;
      this.#enter();
    } else super.handleCommandComplete(message, connection);
  }

  override handleError(error: PgError, connection?: Connection) {
    const { name } = this.#main;
    if (name && connection) {
      delete connection.submittedNamedStatements[name];
      if (STALE_STATEMENT.has(error.code ?? "")) {
        delete connection.parsedStatements[name];
        knownFields.get(connection)?.delete(name);
        for (const statement of this.prelude) delete connection.parsedStatements[statement.name];
      }
    }
    super.handleError(error, connection);
  }
}

/** A stray BEGIN in raw SQL leaves the session open: such a connection is never handed on. */
const leftOpen = () => new Error("left in a transaction");

/** A connection while it serves reads. */
type Reader = {
  client: ScopedClient;
  hasServed: boolean;
  /** Why it cannot be used again. */
  lost: Error | undefined;
  watch: (error: Error) => void;
};

/** Reads in flight on one connection. */
const READ_DEPTH = 8;

const asConfig = (query: string | QueryConfig): QueryConfig =>
  typeof query === "string" ? { text: query } : query;
const isBroken = (error: PgError, client: ScopedClient) => error.severity !== "ERROR" || !client._queryable;

function send(client: ScopedClient, query: string | QueryConfig, prelude: Statement[], mode: StatementMode) {
  return new Promise<Result>((resolve, reject) => {
    void client.query(
      new ScopedQuery(asConfig(query), prelude, mode, (error, result) =>
        error ? reject(error) : resolve(result!),
      ),
    );
  });
}

type Asked = {
  config: QueryConfig;
  scope: ConnectionScope;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
  /** Runs while it waits for a connection of others. */
  patience?: ReturnType<typeof setTimeout>;
};

/** Pool whose every statement carries the scope it was asked in. Without a scope it refuses. */
export class ScopedPool extends pg.Pool {
  readonly #reads: Asked[] = [];
  #readers = 0;
  readonly #sharing: ReadSharing;

  constructor(
    config: pg.PoolConfig,
    private readonly mode: StatementMode = { named: true },
    sharing?: ReadSharing,
  ) {
    // Lets pg write a statement before the one ahead of it is answered.
    super({ ...config, pipeline: true } as pg.PoolConfig);
    this.#sharing = sharing ?? { connections: config.max ?? 10, depth: READ_DEPTH };
  }

  override async query(query: string | QueryConfig): Promise<Result> {
    const scope = requireScope();
    try {
      return await this.#once(query, scope);
    } catch (error) {
      const isStale =
        STALE_STATEMENT.has((error as PgError).code ?? "") && asConfig(query).name !== undefined;
      if (!isStale) throw error;
      return this.#once(query, scope);
    }
  }

  #once(query: string | QueryConfig, scope: ConnectionScope): Promise<Result> {
    return new Promise((resolve, reject) => {
      const asked: Asked = { config: asConfig(query), scope, resolve, reject };
      if (!isRead(asked.config.text)) return this.#runAlone(asked);
      this.#reads.push(asked);
      if (this.#readers < this.#sharing.connections) return this.#serveReads();
      // Waits for a connection that reads already, no longer than it would wait for one of its own.
      const patienceMs = this.options.connectionTimeoutMillis;
      if (patienceMs) asked.patience = setTimeout(() => this.#giveUp(asked), patienceMs);
    });
  }

  #giveUp(asked: Asked): void {
    this.#reads.splice(this.#reads.indexOf(asked), 1);
    asked.reject(new Error("timeout exceeded when trying to connect"));
  }

  #runAlone({ config, scope, resolve, reject }: Asked): void {
    super.connect((failure, connected) => {
      if (failure || !connected) return reject(failure ?? new Error("no connection"));
      const client = connected as ScopedClient;
      let isDone = false;
      const finish: Done = (error, result) => {
        if (isDone) return;
        isDone = true;
        client.removeListener("error", finish);
        const isOpen = !error && client.getTransactionStatus() !== "I";
        client.release(error ? isBroken(error, client) && error : isOpen && leftOpen());
        if (error) reject(error);
        else resolve(result!);
      };
      client.once("error", finish);
      void client.query(new ScopedQuery(config, [setScope(scope)], this.mode, finish));
    });
  }

  /** Takes one more connection for the waiting reads, if they may have one. */
  #serveReads(): void {
    if (this.#readers >= this.#sharing.connections || this.#reads.length === 0) return;
    this.#readers++;
    super.connect((failure, connected) => {
      if (failure || !connected) {
        this.#readers--;
        const first = this.#reads.shift();
        clearTimeout(first?.patience);
        first?.reject(failure ?? new Error("no connection"));
        return this.#serveReads();
      }
      const client = connected as ScopedClient;
      const watch = (error: Error) => void (reader.lost ??= error);
      const reader: Reader = { client, hasServed: false, lost: undefined, watch };
      client.on("error", reader.watch);
      this.#writeReads(reader);
    });
  }

  /** Writes this connection's share of the waiting reads, and comes back when all are answered. */
  #writeReads(reader: Reader): void {
    const { client } = reader;
    const share = Math.ceil(this.#reads.length / this.#sharing.connections);
    // Whoever waits for a connection of his own gets this one: a stream of reads must not keep writes out.
    const isWanted = this.waitingCount > 0 && reader.hasServed;
    const batch = reader.lost || isWanted ? [] : this.#reads.splice(0, Math.min(this.#sharing.depth, share));
    if (batch.length === 0) {
      client.removeListener("error", reader.watch);
      this.#readers--;
      client.release(reader.lost);
      return this.#serveReads();
    }
    reader.hasServed = true;
    let left = batch.length;
    const { stream } = client.connection;
    stream.cork();
    for (const { config, scope, resolve, reject, patience } of batch) {
      clearTimeout(patience);
      const answer: Done = (error, result) => {
        if (error) {
          if (isBroken(error, client)) reader.lost ??= error;
          reject(error);
        } else {
          if (client.getTransactionStatus() !== "I") reader.lost ??= leftOpen();
          resolve(result!);
        }
        if (--left === 0) queueMicrotask(() => this.#writeReads(reader));
      };
      void client.query(new ScopedQuery(config, [setScope(scope)], this.mode, answer));
    }
    stream.uncork();
  }

  /** For interactive transactions: BEGIN, isolation and scope ride with the first real statement. */
  // @ts-expect-error answers the part of a client that the adapter uses
  override async connect(): Promise<TransactionClient> {
    const scope = requireScope();
    // By callback: a promise would leave the connection unwatched for a moment, and its death would end the process.
    return new Promise((resolve, reject) => {
      super.connect((failure, connected) => {
        if (failure || !connected) return reject(failure ?? new Error("no connection"));
        resolve(new TransactionClient(connected as ScopedClient, scope, this.mode));
      });
    });
  }
}

const NOTHING = { fields: [], rows: [], rowCount: 0, command: "", oid: 0 } satisfies Result;

/** One transaction on one connection, bound to the scope it was opened in and not to whatever is ambient later. */
class TransactionClient {
  #begin = "BEGIN";
  #isOpen = false;
  /** A lost connection is told by the next statement on it. */
  readonly #watch = () => {};
  constructor(
    private readonly client: ScopedClient,
    private readonly scope: ConnectionScope,
    private readonly mode: StatementMode,
  ) {
    client.on("error", this.#watch);
  }

  on(event: "error", listener: (error: Error) => void) {
    this.client.on(event, listener);
    return this;
  }
  removeListener(event: "error", listener: (error: Error) => void) {
    this.client.removeListener(event, listener);
    return this;
  }

  async query(query: string | QueryConfig): Promise<Result> {
    const { text } = asConfig(query);
    if (this.#isOpen) {
      if (text === "COMMIT" || text === "ROLLBACK") return this.#end(text);
      return send(this.client, query, [], this.mode);
    }
    if (text === "BEGIN") return NOTHING;
    const isolation = /^SET TRANSACTION (ISOLATION LEVEL [A-Z ]+)$/.exec(text)?.[1];
    if (isolation) {
      this.#begin = `BEGIN ${isolation}`;
      return NOTHING;
    }
    if (text === "COMMIT" || text === "ROLLBACK") return NOTHING; // nothing was ever sent
    this.#isOpen = true;
    const begin = { name: `tx_${this.#begin.toLowerCase().replaceAll(" ", "_")}`, text: this.#begin };
    return send(this.client, query, [begin, setScope(this.scope)], this.mode);
  }

  async #end(text: "COMMIT" | "ROLLBACK"): Promise<Result> {
    const result = await this.client.query(text);
    this.#isOpen = false;
    // COMMIT of an aborted transaction answers ROLLBACK without an error: never report that as success.
    if (text === "COMMIT" && result.command !== "COMMIT") {
      throw Object.assign(new Error("the transaction was aborted: COMMIT rolled it back"), {
        code: "25P02",
        severity: "ERROR",
      });
    }
    return result;
  }

  release(error?: Error) {
    const isClean =
      !error && !this.#isOpen && this.client.getTransactionStatus() === "I" && this.client._queryable;
    this.client.release(isClean ? undefined : (error ?? new Error("connection not clean")));
    this.client.removeListener("error", this.#watch); // the pool watches it again
  }
}

/** Names for statements, at most `cap` of them (they live per connection); further SQL runs unnamed. */
export function statementNames(cap = 500) {
  const names = new Map<string, string>();
  return (query: { sql: string }): string => {
    const known = names.get(query.sql);
    if (known !== undefined || names.size >= cap) return known ?? "";
    const name = "p" + createHash("sha1").update(query.sql).digest("base64url");
    names.set(query.sql, name);
    return name;
  };
}
