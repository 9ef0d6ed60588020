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

/** Pool whose every statement carries the scope it was asked in. Without a scope it refuses. */
export class ScopedPool extends pg.Pool {
  constructor(
    config: pg.PoolConfig,
    private readonly mode: StatementMode = { named: true },
  ) {
    super(config);
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
      super.connect((failure, connected) => {
        if (failure || !connected) return reject(failure ?? new Error("no connection"));
        const client = connected as ScopedClient;
        let isDone = false;
        const finish: Done = (error, result) => {
          if (isDone) return;
          isDone = true;
          client.removeListener("error", finish);
          // A stray BEGIN in raw SQL would leave the session open: such a connection is never handed on.
          const isOpen = !error && client.getTransactionStatus() !== "I";
          client.release(
            error ? isBroken(error, client) && error : isOpen && new Error("left in a transaction"),
          );
          if (error) reject(error);
          else resolve(result!);
        };
        client.once("error", finish);
        void client.query(new ScopedQuery(asConfig(query), [setScope(scope)], this.mode, finish));
      });
    });
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
