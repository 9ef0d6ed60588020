import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isAlive, whenWeEnd } from "../processes";
import { postgres } from "../services/postgres";
import { newSecrets, type Secrets } from "../state";
import { bootstrap, roleUrl, ROLES } from "./bootstrap";
import { migrate } from "./migrate";

export interface TemporaryPostgres {
  superuser: string;
  secrets: Secrets;
  /** The URL of a role (`owner`, `app`, `system`) in a database. */
  url(kind: keyof typeof ROLES, database: string): string;
  stop(): Promise<void>;
}

const PREFIX = "tenantry-postgres-";

/** A Postgres that lives in the system's temporary folder until `stop`, with our roles and one migrated database. */
export async function temporaryPostgres(database: string): Promise<TemporaryPostgres> {
  sweep();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  // The account that runs the server, when we are root, must be able to reach its files.
  fs.chmodSync(home, 0o711);
  const secrets = newSecrets();
  const running = await postgres.start({
    home,
    root: process.cwd(),
    secrets,
    say: console.error,
    durable: false,
  });
  const { superuser } = running.at;
  const url = (kind: keyof typeof ROLES, name: string) =>
    roleUrl(superuser, ROLES[kind], secrets.passwords[kind], name);
  const remove = () => fs.rmSync(home, { recursive: true, force: true });
  const forget = whenWeEnd(() => {
    void running.stop();
    remove();
  });
  const stop = async () => {
    forget();
    await running.stop();
    remove();
  };
  try {
    await bootstrap(superuser, database, secrets.passwords);
    await migrate(url("owner", database));
  } catch (error) {
    await stop();
    throw error;
  }
  return { superuser, secrets, url, stop };
}

/** Takes away what killed runs left: their servers end by themselves once the files are gone. */
function sweep(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split("-")[0]) : 0;
    if (!pid || isAlive(pid)) continue;
    fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}
