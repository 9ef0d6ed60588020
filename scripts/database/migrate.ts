import { pathToFileURL } from "node:url";
import { filters, migrationList, withEngine } from "./engine";

/**
 * Applies the migrations that the database has not seen, in order, and returns their names. `ownerUrl` is the role
 * that owns the database: it needs no superuser. A migration that fails is rolled back and tried again next time.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const migrationsList = migrationList();
  return withEngine(ownerUrl, async (engine) => {
    try {
      return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
    } catch (error) {
      // Postgres runs a migration as one transaction, so nothing of the failed one is there: only Prisma's record
      // says "failed" and would refuse every later run.
      const state = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters,
      });
      for (const migrationName of state.failedMigrationNames)
        await engine.markMigrationRolledBack({ migrationName });
      throw error;
    }
  });
}

async function main(): Promise<void> {
  const url = process.env.DATABASE_OWNER_URL;
  if (!url) {
    throw new Error(
      "Set DATABASE_OWNER_URL (`npm run db:bootstrap` prints it); `npm run dev` migrates its own database by itself.",
    );
  }
  const names = await migrate(url);
  console.log(names.length ? `applied ${names.join(", ")}` : "every migration is applied already");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error: Error) => {
    console.error(
      `${error.message}\nThe failed migration was rolled back, those before it stay applied. Correct it and run the command again.`,
    );
    process.exitCode = 1;
  });
}
