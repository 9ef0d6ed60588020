/**
 * Metrics of all workers as one answer. Under node:cluster the primary (`scripts/start.mjs`) asks each worker and adds
 * them up; whichever worker was asked over HTTP fetches the sum from it. Alone, a process answers for itself.
 */
import cluster from "node:cluster";
import client from "prom-client";
import { newId } from "~/server/db/ids";
import { metrics } from "./metrics";

const TIMEOUT_MS = 5_000;
type Answer = { type: "tenantry:metrics"; id: string; text?: string; contentType?: string; error?: string };

export async function mergedMetrics(): Promise<{ text: string; contentType: string }> {
  const { registry } = metrics();
  if (!cluster.isWorker || !process.send)
    return { text: await registry.metrics(), contentType: registry.contentType };
  return askPrimary();
}

/** Lets the primary collect this worker's registry. Called once when the process starts. */
export function joinClusterMetrics(): void {
  client.AggregatorRegistry.setRegistries([metrics().registry]);
  if (cluster.isWorker) new client.AggregatorRegistry(); // its constructor listens for the primary's questions
}

function askPrimary(): Promise<{ text: string; contentType: string }> {
  const id = newId();
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      process.removeListener("message", listen);
      settle();
    };
    const listen = (message: Answer) => {
      if (message?.type !== "tenantry:metrics" || message.id !== id) return;
      const { text, contentType, error } = message;
      finish(() =>
        text !== undefined && contentType !== undefined
          ? resolve({ text, contentType })
          : reject(new Error(error ?? "the primary sent no metrics")),
      );
    };
    const timer = setTimeout(() => finish(() => reject(new Error("the primary did not answer"))), TIMEOUT_MS);
    process.on("message", listen);
    process.send!({ type: "tenantry:metrics", id });
  });
}
