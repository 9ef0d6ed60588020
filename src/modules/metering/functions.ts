/** Metering's Inngest door: what runs by the calendar. Each can be run again at any time. */
import type { InngestFunction } from "inngest";
import { INVITATION_MAILED, InvitationMailed } from "~/modules/tenancy/events";
import { onClock } from "~/server/events/on-clock";
import { onEvent } from "~/server/events/on-event";
import { countInvitationMail } from "./flows/count-mails";
import { measureStorage, organizationsToMeasure } from "./flows/measure";
import { closeEndedPeriods, rollUp } from "./flows/roll-up";

export const meteringFunctions = (): InngestFunction.Any[] => [
  onEvent({
    id: "count-invitation-mail",
    event: INVITATION_MAILED,
    data: InvitationMailed,
    run: countInvitationMail,
  }),
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
