// Compares the database that the migrations make with prisma/schema. They may differ only in what Prisma's schema
// cannot say (partial and expression indexes, generated columns, ...), and each such thing is listed.
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { differenceToSchema } from "./engine";
import { temporaryPostgres } from "./temporary";

export const KNOWN_DRIFT = "scripts/database/known-drift.sql";
const HEADING = `-- What Prisma would do to the migrated database, and must not: these things stand in migrations only, because
-- prisma/schema cannot say them. Written by \`npm run db:drift -- --accept\`; read each line before accepting it.
`;

/** Statements, with Prisma's own comments and headings taken away. */
export function statements(sql: string): string[] {
  const bare = sql
    .split("\n")
    .filter((line) => !line.startsWith("--"))
    .join("\n");
  return bare
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}

export const knownDrift = () =>
  fs.existsSync(KNOWN_DRIFT) ? statements(fs.readFileSync(KNOWN_DRIFT, "utf8")) : [];

export interface Drift {
  /** Differences that nobody listed. */
  unexpected: string[];
  /** Listed differences that are no more: the list must shrink too. */
  gone: string[];
}

export async function drift(ownerUrl: string): Promise<Drift> {
  const found = statements(await differenceToSchema(ownerUrl));
  const known = knownDrift();
  return {
    unexpected: found.filter((statement) => !known.includes(statement)),
    gone: known.filter((statement) => !found.includes(statement)),
  };
}

async function main(): Promise<void> {
  const temporary = await temporaryPostgres("tenantry");
  try {
    const url = temporary.url("owner", "tenantry");
    if (process.argv.includes("--accept")) {
      const found = statements(await differenceToSchema(url));
      fs.writeFileSync(KNOWN_DRIFT, `${HEADING}${found.map((statement) => `${statement};\n`).join("")}`);
      console.log(`${KNOWN_DRIFT} lists ${found.length} differences`);
      return;
    }
    const { unexpected, gone } = await drift(url);
    for (const statement of unexpected) console.error(`not in the migrations: ${statement}`);
    for (const statement of gone)
      console.error(`listed in ${KNOWN_DRIFT}, but no difference any more: ${statement}`);
    if (unexpected.length + gone.length > 0) process.exitCode = 1;
    else console.log("migrations and prisma/schema say the same");
  } finally {
    await temporary.stop();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
