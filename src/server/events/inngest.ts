/** The Inngest client of this process. Functions are served at /api/inngest, signed in `local` as everywhere. */
import { Inngest } from "inngest";
import { env } from "~/server/config/env";
import { logger } from "~/server/observability/logger";

const create = () =>
  new Inngest({
    // One app per service name: each deployment registers the functions it serves.
    id: `tenantry-${env().SERVICE_NAME}`,
    baseUrl: env().INNGEST_BASE_URL,
    eventKey: env().INNGEST_EVENT_KEY,
    signingKey: env().INNGEST_SIGNING_KEY,
    isDev: false,
    logger: {
      info: (...words: unknown[]) => logger().debug({ words }, "inngest"),
      warn: (...words: unknown[]) => logger().warn({ words }, "inngest"),
      error: (...words: unknown[]) =>
        logger()[isThrownByStep(words) ? "info" : "error"]({ words }, "inngest"),
      debug: () => {},
    },
  });

/** A try that threw is tried again, and whoever owns the function says what became of it; only then is it an error. */
const isThrownByStep = (words: unknown[]): boolean =>
  words.some((word) => word === "Inngest step error" || word === "Inngest function error");

const held = globalThis as typeof globalThis & { __tenantryInngest?: ReturnType<typeof create> };
export const inngest = (): ReturnType<typeof create> => (held.__tenantryInngest ??= create());
