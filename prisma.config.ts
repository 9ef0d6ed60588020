import { defineConfig } from "prisma/config";

// The URL is only asked for by Prisma's own commands; migrations run through scripts/database/migrate.ts.
export default defineConfig({ schema: "prisma/schema", migrations: { path: "prisma/migrations" } });
