import { inject } from "vitest";
import { inngest, inngestDatabase } from "../../scripts/services/inngest";
import { findInngest } from "../../scripts/services/inngest-binary.mjs";
import { startService } from "./services";

/** Whether this machine has the server: `describe.skipIf(!inngestIsHere)`; with CI=true `npm test` fails without. */
export const inngestIsHere = findInngest(process.cwd()) !== undefined;

export interface TestInngest {
  url: string;
  /** Ends the server as a crash would; it comes back by itself on the same port, as in `npm run dev`. */
  kill(): void;
  stop(): Promise<void>;
}

/**
 * Starts a real Inngest server at INNGEST_BASE_URL that calls `<APP_URL>/api/inngest`, where the test serves its
 * functions; failed steps are tried again after 1 s. It ends with the file.
 */
export async function startInngest(): Promise<TestInngest> {
  const superuser = inject("superuser");
  const name = `inngest_${new URL(process.env.DATABASE_URL!).pathname.slice(1)}`;
  const running = await startService(inngest, {
    app: process.env.APP_URL!,
    port: Number(new URL(process.env.INNGEST_BASE_URL!).port),
    database: await inngestDatabase(superuser, inject("secrets").passwords.inngest, name),
    retryIntervalS: 1,
  });
  return { url: running.at.url, stop: running.stop, kill: running.kill };
}
