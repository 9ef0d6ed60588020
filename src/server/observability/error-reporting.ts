/**
 * Sentry, on by SENTRY_DSN alone. It is imported only then: its mere start costs over a millisecond of CPU a request
 * (docs/adr/0015). What leaves is scrubbed: no cookies, headers, bodies, mails or tokens.
 */
import type { Instrumentation } from "next";
import { env } from "~/server/config/env";
import { redactText } from "./logger";

type SentryModule = typeof import("@sentry/nextjs");
let sentry: Promise<SentryModule> | undefined;

function load(dsn: string): Promise<SentryModule> {
  return (sentry ??= import("@sentry/nextjs").then((loaded) => {
    loaded.init({
      dsn,
      environment: env().APP_ENV,
      enableOpenTelemetrySetup: false,
      defaultIntegrations: false,
      integrations: [
        loaded.dedupeIntegration(),
        loaded.linkedErrorsIntegration(),
        loaded.contextLinesIntegration(),
      ],
      beforeSend: (event) => {
        delete event.request;
        delete event.user;
        for (const exception of event.exception?.values ?? []) {
          if (exception.value) exception.value = redactText(exception.value);
        }
        if (event.message) event.message = redactText(event.message);
        return event;
      },
    });
    return loaded;
  }));
}

/** Reports an error no one has handled; does nothing without a DSN. */
export async function reportError(error: unknown, tags: Record<string, string> = {}): Promise<void> {
  const { SENTRY_DSN } = env();
  if (!SENTRY_DSN) return;
  const loaded = await load(SENTRY_DSN);
  loaded.captureException(error, { tags });
}

export const reportRequest: Instrumentation.onRequestError = async (error, request, context) => {
  const correlationId = request.headers["x-correlation-id"];
  await reportError(error, {
    route: context.routePath,
    kind: context.routeType,
    ...(typeof correlationId === "string" && { correlation_id: correlationId }),
  });
};

/** Waits until what was reported has left, for at most `ms`. */
export async function flushReports(ms = 2_000): Promise<void> {
  if (sentry) await (await sentry).flush(ms);
}
