/** Audit's Inngest door: the steady verification of the chains. */
import type { InngestFunction } from "inngest";
import { onClock } from "~/server/events/on-clock";
import { verifyDue } from "./flows";

/** What is left after so many slices waits for the next ten minutes. */
const MOST_SLICES = 50;

export const auditFunctions = (): InngestFunction.Any[] => [
  onClock({ id: "verify-audit", cron: "*/10 * * * *" }, async ({ step, trace }) => {
    for (let slice = 0, isMore = true; isMore && slice < MOST_SLICES; slice++)
      isMore = await step(`verify-${slice}`, () => verifyDue(trace));
  }),
];
