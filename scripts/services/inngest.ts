import type { Environment } from "../environment";
import { connected, roleUrl } from "../database/bootstrap";
import { answers } from "../processes";
import { findInngest, obtainInngest } from "./inngest-binary.mjs";
import { portFor, supervise, type Service } from "./service";

export interface InngestOptions {
  /** Claimed beforehand, because the app is told the address while the program may still be built. */
  port: number;
  /** The app's own address; the server registers `<app>/api/inngest` by itself and again when it changes. */
  app: string;
  /** A database of its own, in which it makes its tables; without one it keeps SQLite files in the state folder. */
  database?: string;
  /** Seconds between tries of a failed step; the default grows from about 30 s, tests want 1. */
  retryIntervalS?: number;
}

export interface InngestAt {
  url: string;
}

/** The official Inngest server, self-hosted with signed requests as in production. */
export const inngest: Service<InngestAt, InngestOptions> = {
  name: "inngest",
  async start(context, options) {
    const program = findInngest(context.root) ?? (await obtainInngest(context.root, context.say));
    const { port } = options;
    const gateway = await portFor(context, "inngest gateway", 8289);
    const internal = [
      await portFor(context, "inngest gateway rpc", 50052),
      await portFor(context, "inngest executor rpc", 50053),
    ];
    const url = `http://127.0.0.1:${port}`;
    const args = [
      "start",
      ...["--host", "127.0.0.1", "--port", String(port), "--connect-gateway-port", String(gateway)],
      ...[
        "--connect-gateway-grpc-port",
        String(internal[0]),
        "--connect-executor-grpc-port",
        String(internal[1]),
      ],
      ...["--sdk-url", `${options.app}/api/inngest`, "--poll-interval", "15"],
      ...(options.retryIntervalS ? ["--retry-interval", String(options.retryIntervalS)] : []),
      ...(options.database
        ? ["--postgres-max-open-conns", "20"]
        : ["--sqlite-dir", `${context.home}/inngest`]),
    ];
    return supervise(
      context,
      { url },
      {
        name: "inngest",
        launch: {
          program,
          args,
          cwd: context.home,
          // By environment, so that no key or password shows in the list of processes.
          env: {
            ...withoutInngest(process.env),
            DO_NOT_TRACK: "1",
            INNGEST_SIGNING_KEY: context.secrets.inngestSigningKey,
            INNGEST_EVENT_KEY: context.secrets.inngestEventKey,
            ...(options.database ? { INNGEST_POSTGRES_URI: options.database } : {}),
          },
        },
        probe: () => answers(`${url}/health`),
        timeoutMs: 60_000,
        mark: `--port ${port}`,
      },
    );
  },
};

/** The server reads INNGEST_* as its own settings, and the app's would confuse it. */
function withoutInngest(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("INNGEST_")));
}

/** A database of the server's own in our Postgres, with a role that sees nothing else; its URL. */
export async function inngestDatabase(
  superuser: string,
  password: string,
  name = "inngest",
): Promise<string> {
  await connected(superuser, async (admin) => {
    // Two test files may come here at once; the lock ends with this connection.
    await admin.query("select pg_advisory_lock(hashtext('inngest'))");
    const roles = await admin.query("select from pg_roles where rolname = 'inngest'");
    if (!roles.rowCount) await admin.query("create role inngest login");
    await admin.query(`alter role inngest password ${admin.escapeLiteral(password)}`);
    const databases = await admin.query("select from pg_database where datname = $1", [name]);
    if (!databases.rowCount) await admin.query(`create database ${name} owner inngest`);
    await admin.query(`revoke all on database ${name} from public`);
  });
  return `${roleUrl(superuser, "inngest", password, name)}?sslmode=disable`;
}
