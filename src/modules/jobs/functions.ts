/** Jobs' Inngest door: one function a queue. What is done in it stands in `flows/run-job.ts`. */
import { NonRetriableError, RetryAfterError, type InngestFunction } from "inngest";
import { inngest } from "~/server/events/inngest";
import { logger } from "~/server/observability/logger";
import {
  closeGivenUpRun,
  executeJob,
  openRun,
  RunInterrupted,
  StepFailed,
  type JobDefinition,
  type StepMemory,
} from "./flows/run-job";
import { MAX_ATTEMPTS, QUEUE_LIMITS, queueName } from "./rules";

/**
 * How long one HTTP call goes on to the next step by itself. Each step is checkpointed; a kill costs the one that runs.
 * With a step's own limit a call lasts at most 80 s.
 */
const CALL_MAX_MS = 20_000;

type Event = { id?: string; name: string; data: unknown };
type GivenUp = { event: Event; run_id: string };

/** One function for each queue that the definitions name. @throws when two of one queue have the same task type. */
export function queueFunctions(definitions: JobDefinition[]): InngestFunction.Any[] {
  const queues = new Map<string, Map<string, JobDefinition>>();
  for (const definition of definitions) {
    const name = queueName(definition.namespace, definition.queue);
    const queue = queues.get(name) ?? new Map<string, JobDefinition>();
    if (queue.has(definition.taskType))
      throw new Error(`queue ${name} has two jobs called ${definition.taskType}`);
    queues.set(name, queue.set(definition.taskType, definition));
  }
  return [...queues].map(([name, queue]) => queueFunction(name, queue));
}

const queueFunction = (name: string, queue: Map<string, JobDefinition>): InngestFunction.Any =>
  inngest().createFunction(
    {
      id: name.replaceAll(":", "-"),
      name,
      triggers: [{ event: name }],
      retries: (MAX_ATTEMPTS - 1) as 3,
      concurrency: [
        { key: "event.data.meta.org_id", limit: QUEUE_LIMITS.perOrg },
        { limit: QUEUE_LIMITS.total },
      ],
      checkpointing: { maxRuntime: CALL_MAX_MS, bufferedSteps: 1 },
      onFailure: async ({ event, error }: { event: { data: GivenUp }; error: Error }) => {
        const { event: first, run_id: runId } = event.data;
        const outcome = await closeGivenUpRun(first, runId, error);
        logger().warn({ queue: name, run_id: runId, outcome }, "the engine gave a run up");
        return { outcome };
      },
    },
    async ({ event, step, runId, attempt }) => {
      const tries = attempt + 1;
      try {
        const opened = await openRun(event as Event, runId);
        if ("ended" in opened) return { ended: opened.ended };
        const { run } = opened;
        const remember: StepMemory = (id, work) =>
          step.run(id, () => work().catch(inEngineWords)) as ReturnType<typeof work>;
        return { ended: await executeJob(run, queue.get(run.taskType), remember, tries) };
      } catch (error) {
        throw inEngineWords(error, tries);
      }
    },
  );

/**
 * The engine keeps errors where erasure does not reach: it gets codes, never words, rows or stacks.
 * @throws always
 */
function inEngineWords(error: unknown, tries = 1): never {
  const known =
    error instanceof StepFailed || error instanceof RunInterrupted ? error : new RunInterrupted(error, tries);
  if (known !== error) logger().error({ err: error }, "a job run was interrupted");
  const told =
    known.retryInMs === null
      ? new NonRetriableError(known.message)
      : new RetryAfterError(known.message, known.retryInMs);
  told.stack = `${told.name}: ${told.message}`;
  throw told;
}
