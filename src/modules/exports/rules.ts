/** Pure decisions about exports. */

/** A finished file can be fetched for 7 days. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

export const expiryOf = (finishedAt: Date): Date => new Date(finishedAt.getTime() + KEPT_MS);

/** Files that nobody finished are given up when they have been untouched for as long. */
export const abandonedBefore = (now: Date): Date => new Date(now.getTime() - KEPT_MS);

/** `companies-2026-11-21.csv`: the day in UTC. */
export const fileNameOf = (list: string, at: Date): string => `${list}-${at.toISOString().slice(0, 10)}.csv`;

/** Below the organization's folder of the object store. */
export const pathOf = (exportId: string): string => `exports/${exportId}.csv`;
