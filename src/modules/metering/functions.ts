/** Metering's Inngest door: what runs by the calendar. Each can be run again at any time. */
import type { InngestFunction } from "inngest";
import { WELCOME_MAILED, WelcomeMailed } from "~/modules/auth/events";
import { INVITATION_MAILED, InvitationMailed } from "~/modules/tenancy/events";
import { onClock } from "~/server/events/on-clock";
import { onEvent } from "~/server/events/on-event";
import { countInvitationMail, countWelcomeMail } from "./flows/count-mails";
import { beginExport, endExport, exportSome, type ExportTurn } from "./flows/export-ledger";
import { measureStorage, organizationsToMeasure } from "./flows/measure";
import { closeEndedPeriods, rollUp } from "./flows/roll-up";

export const meteringFunctions = (): InngestFunction.Any[] => [
  onEvent({
    id: "count-invitation-mail",
    event: INVITATION_MAILED,
    data: InvitationMailed,
    run: countInvitationMail,
  }),
  onEvent({
    id: "count-welcome-mail",
    event: WELCOME_MAILED,
    data: WelcomeMailed,
    run: countWelcomeMail,
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
  onClock({ id: "export-ledger", cron: "30 1 * * *" }, async ({ step, trace }) => {
    // What a step answers travels as JSON: an instant comes back as text.
    const until = await step("begin", async () => (await beginExport(trace))?.toISOString() ?? null);
    if (until === null) return;
    let last: string | null = null;
    let failed = 0;
    do {
      const after: string | null = last;
      const some: ExportTurn = await step(`export-after-${after ?? "start"}`, () => exportSome(after, trace));
      last = some.last;
      failed += some.failed;
    } while (last !== null);
    if (failed === 0) await step("end", () => endExport(new Date(until), trace));
  }),
];
