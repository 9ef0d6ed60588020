/** A function that runs by the calendar (UTC), whose steps are done once each, whatever is killed. */
import { NonRetriableError, type InngestFunction } from "inngest";
import type { Trace } from "~/kernel/actor";
import { ERROR_FACES } from "~/kernel/errors";
import { asDomainError } from "~/server/db/failure";
import { newId } from "~/server/db/ids";
import { logger } from "~/server/observability/logger";
import { inngest } from "./inngest";

type Turn = {
  /** One transaction or one outside call; answers are ids and counters. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  trace: Trace;
};

/** At most one run at a time; a step is tried four times. The engine is given codes, never words. */
export const onClock = (
  { id, cron }: { id: string; cron: string },
  run: (turn: Turn) => Promise<void>,
): InngestFunction.Any =>
  inngest().createFunction(
    { id, name: id, triggers: [{ cron }], retries: 3, concurrency: { limit: 1 } },
    async ({ step: memory, runId }) => {
      const trace = { correlationId: `${id}-${runId || newId()}`, address: null };
      const step: Turn["step"] = (name, work) =>
        memory.run(name, async () => {
          try {
            return await work();
          } catch (error) {
            const { code, kind } = asDomainError(error);
            logger().warn({ err: error, function: id, step: name, code }, "a step by the calendar failed");
            const told = ERROR_FACES[kind].retry ? new Error(code) : new NonRetriableError(code);
            told.stack = `${told.name}: ${code}`;
            throw told;
          }
        }) as Promise<Awaited<ReturnType<typeof work>>>;
      await run({ step, trace });
      return { ended: "done" };
    },
  );
