/** What happens once when a process starts, and with every error no page or procedure has caught. */
import type { Instrumentation } from "next";

const isServer = () =>
  process.env.NEXT_RUNTIME === "nodejs" && process.env.NEXT_PHASE !== "phase-production-build";

export async function register(): Promise<void> {
  if (!isServer()) return;
  const { startProcess } = await import("./wiring/process");
  await startProcess();
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (!isServer()) return;
  const { reportRequestError } = await import("./wiring/process");
  await reportRequestError(error, request, context);
};
