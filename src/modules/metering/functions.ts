/** Metering's Inngest door: what runs by the calendar. Each can be run again at any time. */
import type { InngestFunction } from "inngest";
import { onClock } from "~/server/events/on-clock";
import { measureStorage, organizationsToMeasure } from "./flows/measure";
import { closeEndedPeriods, rollUp } from "./flows/roll-up";

export const meteringFunctions = (): InngestFunction.Any[] => [
  onClock({ id: "roll-up-usage", cron: "5 * * * *" }, async ({ step, trace }) => {
    await step("roll-up", () => rollUp(trace));
  }),
  onClock({ id: "close-billing-periods", cron: "20 * * * *" }, async ({ step, trace }) => {
    await step("close", () => closeEndedPeriods(trace));
  }),
  onClock({ id: "measure-storage", cron: "40 0 * * *" }, async ({ step, trace }) => {
    let page: string[] = [];
    do {
      const after = page.at(-1) ?? null;
      page = await step(`list-after-${after ?? "start"}`, () => organizationsToMeasure(after, trace));
      for (const orgId of page) await step(`measure-${orgId}`, () => measureStorage(orgId, trace));
    } while (page.length > 0);
  }),
];
