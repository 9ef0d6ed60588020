/** What is due goes to the engine, in one process at a time; what lost its run goes again. */
import { clock } from "~/kernel/clock";
import type { Privacy } from "~/kernel/privacy";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { ERASURE_DUE, type ErasureDue } from "../events";
import { CLAIM_MS } from "../rules";
import { endExports, send, sendDueExports } from "./exports";
import { endRetention } from "./retention";

const LIMIT = 50;

/** Claims erasures whose time has come, or whose run has died. @returns what the engine is to be told. */
export async function claimDueErasures(): Promise<ErasureDue[]> {
  const claimed = await inTurn("due erasures", async ({ db }) => {
    const now = clock.now();
    const isFree = { OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] };
    const rows = await db.erasure.findMany({
      where: {
        parentId: null,
        AND: [
          {
            OR: [
              { state: "requested", dueAt: { lte: now } },
              { state: { in: ["running", "blocked"] }, ...isFree },
            ],
          },
        ],
      },
      orderBy: { dueAt: "asc" },
      take: LIMIT,
    });
    for (const { id } of rows)
      await db.erasure.updateMany({
        where: { id },
        data: {
          state: "running",
          blockedCode: null,
          dispatch: { increment: 1 },
          claimedUntil: new Date(now.getTime() + CLAIM_MS),
        },
      });
    return rows.map(({ id, dispatch }) => ({ erasureId: id, dispatch: dispatch + 1 }));
  });
  return claimed ?? [];
}

/** @returns how many went to the engine. */
export async function sendDueErasures(): Promise<number> {
  const due = await claimDueErasures();
  for (const data of due) await send(ERASURE_DUE, `erasure-due:${data.erasureId}:${data.dispatch}`, data);
  return due.length;
}

/** `privacy` is every slice's word on its tables. */
export const gdprSweeps = (privacy: readonly Privacy[]): Sweep[] => [
  { name: "due erasures", everyMs: 5_000, turn: sendDueErasures },
  { name: "due exports", everyMs: 5_000, turn: sendDueExports },
  { name: "ended exports", everyMs: 60_000, turn: endExports },
  { name: "ended retention", everyMs: 10 * 60_000, turn: () => endRetention(privacy) },
];
