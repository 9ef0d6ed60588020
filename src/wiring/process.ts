/** Starts what a server process runs beside its requests, and stops it. */
import type { Instrumentation } from "next";
import { env } from "~/server/config/env";
import { databaseListener } from "~/server/db/listener";
import { startSweeper } from "~/server/events/sweeper";
import { joinClusterMetrics } from "~/server/observability/cluster-metrics";
import { reportRequest } from "~/server/observability/error-reporting";
import { collectEarlier } from "~/server/observability/heap";
import { logger } from "~/server/observability/logger";
import { sweeps } from "./sweeps";

/** Ends the process when the settings are wrong: nothing may run half configured. */
export async function startProcess(): Promise<void> {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
  collectEarlier();
  joinClusterMetrics();
  databaseListener().isFresh();
  startSweeper(sweeps());
  logger().info({ environment: env().APP_ENV }, "started");
}

export const reportRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  logger().error({ err: error, route: context.routePath, kind: context.routeType }, "request error");
  await reportRequest(error, request, context);
};
