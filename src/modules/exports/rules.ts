/** Pure decisions about exports. */

/** A finished file can be fetched for 7 days. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

export const expiryOf = (finishedAt: Date): Date => new Date(finishedAt.getTime() + KEPT_MS);

/** Files that nobody finished are given up when they have been untouched for as long. */
export const abandonedBefore = (now: Date): Date => new Date(now.getTime() - KEPT_MS);

/** CSV for spreadsheets; JSONL, one object a line, for programs. */
export const FORMATS = ["csv", "jsonl"] as const;
export type Format = (typeof FORMATS)[number];

/** `companies-2026-11-21.csv`: the day in UTC. */
export const fileNameOf = (list: string, at: Date, format: Format): string =>
  `${list}-${at.toISOString().slice(0, 10)}.${format}`;

/** A file's name says what is in it. */
export const formatOf = (fileName: string): Format => (fileName.endsWith(".jsonl") ? "jsonl" : "csv");

export const CONTENT_TYPES: Record<Format, string> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
};

/** Below the organization's folder of the object store; what is in it is said by its type and its name. */
export const pathOf = (exportId: string): string => `exports/${exportId}.csv`;
