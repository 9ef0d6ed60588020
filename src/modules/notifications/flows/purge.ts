/** What is told is forgotten after 90 days, read or not. */
import { clock } from "~/kernel/clock";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { purgeWrittenBefore } from "../queries/system";
import { purgeBefore } from "../rules";

/** @returns how many went, or null when another process is at it. */
export const purgeNotifications = (): Promise<number | null> =>
  inTurn("purge notifications", (scope) => purgeWrittenBefore(scope, purgeBefore(clock.now())));

export const notificationSweeps = (): Sweep[] => [
  { name: "purge notifications", everyMs: 60 * 60_000, turn: purgeNotifications },
];
