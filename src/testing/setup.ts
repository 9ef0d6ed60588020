// Before each integration test file: a database of its own, and the environment the app would have. It runs before
// the file's imports, so that modules that read their settings once read these.
import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { connected, openDatabase, roleUrl, ROLES, withDatabase } from "../../scripts/database/bootstrap";
import { appEnvironment } from "../../scripts/environment";
import { claimPort } from "../../scripts/ports";
import { TEMPLATE } from "./postgres";

const superuser = inject("superuser");
const secrets = inject("secrets");
const database = `test_${randomBytes(8).toString("hex")}`;

await connected(superuser, async (admin) => {
  await admin.query(`create database ${database} template ${TEMPLATE} owner ${ROLES.owner}`);
  await openDatabase(admin, database);
});

const url = (kind: keyof typeof ROLES) => roleUrl(superuser, ROLES[kind], secrets.passwords[kind], database);
const port = () => claimPort(20_000 + Math.floor(Math.random() * 20_000));
const app = `http://localhost:${await port()}`;

Object.assign(
  process.env,
  appEnvironment(
    {
      app,
      home: "",
      secrets,
      postgres: { owner: url("owner"), app: url("app"), system: url("system"), superuser },
      // Nothing answers there until a test starts it (~/testing/inngest, mail, s3, google).
      inngest: `http://127.0.0.1:${await port()}`,
      smtp: `smtp://127.0.0.1:${await port()}`,
    },
    {},
  ),
  {
    LOG_LEVEL: "ERROR",
    DATABASE_OWNER_URL: url("owner"),
    /** For what no role of ours may do: ending other connections, looking into the whole cluster. */
    TEST_SUPERUSER_URL: withDatabase(superuser, database),
  },
);
