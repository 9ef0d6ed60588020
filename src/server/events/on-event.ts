/** A function that answers one kind of event by one use case. */
import { NonRetriableError, type InngestFunction } from "inngest";
import type { z } from "zod";
import type { Trace } from "~/kernel/actor";
import { ERROR_FACES } from "~/kernel/errors";
import { newId } from "~/server/db/ids";
import { asDomainError } from "~/server/db/failure";
import { logger } from "~/server/observability/logger";
import { inngest } from "./inngest";

type Answer<Data> = {
  id: string;
  event: string;
  /** Anything else is refused whole: an event is a hint, and its organization comes from a row. */
  data: z.ZodType<Data>;
  /** How many run at once for each value of `key`, an expression over the event; unset for no bound. */
  atOnce?: { key: string; limit: number };
  /** Does it, again and again without harm: events arrive at least once. @returns a code, a counter or nothing. */
  run: (data: Data, trace: Trace) => Promise<boolean | number | void>;
};

/** Tried four times. The engine keeps answers and errors where erasure does not reach, so it gets codes only. */
export const onEvent = <Data>({
  id,
  event: name,
  data: shape,
  atOnce,
  run,
}: Answer<Data>): InngestFunction.Any =>
  inngest().createFunction(
    { id, name, triggers: [{ event: name }], retries: 3, ...(atOnce && { concurrency: atOnce }) },
    async ({ event, step }) => {
      const read = shape.safeParse(event.data);
      if (!read.success) {
        logger().warn({ event: name }, "an event of another shape was refused");
        return { ended: "refused" };
      }
      const trace = { correlationId: newId(), address: null };
      const answer = await step.run("answer", async () => {
        try {
          return (await run(read.data, trace)) ?? null;
        } catch (error) {
          const { code, kind } = asDomainError(error);
          logger().warn(
            { err: error, event: name, code, correlation_id: trace.correlationId },
            "event not answered",
          );
          const told = ERROR_FACES[kind].retry ? new Error(code) : new NonRetriableError(code);
          told.stack = `${told.name}: ${code}`;
          throw told;
        }
      });
      return { answer };
    },
  );
