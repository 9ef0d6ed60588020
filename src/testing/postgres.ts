// Once a run of the integration tests: one Postgres, and in it a migrated template that nobody is connected to.
import type { TestProject } from "vitest/node";
import { generateClient } from "../../scripts/database/generate";
import { temporaryPostgres } from "../../scripts/database/temporary";
import type { Secrets } from "../../scripts/state";

export const TEMPLATE = "tenantry_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The cluster's superuser, with which each test file copies the template. */
    superuser: string;
    secrets: Secrets;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  generateClient(process.cwd());
  const postgres = await temporaryPostgres(TEMPLATE);
  project.provide("superuser", postgres.superuser);
  project.provide("secrets", postgres.secrets);
  return postgres.stop;
}
