/** What the console makes of figures: pure. */
import type { HealthLine } from "./schema";

export type OrgState = "active" | "suspended" | "deleting";

/** What an organization's row says first: that it goes, then that it is stopped. */
export const stateOf = ({
  status,
  deletionRequestedAt,
}: {
  status: string;
  deletionRequestedAt: Date | null;
}): OrgState => (deletionRequestedAt ? "deleting" : status === "suspended" ? "suspended" : "active");

type Measured = {
  key: string;
  label: string;
  seconds: number;
  what: string;
  watchAfter: number;
  badAfter: number;
};

/** "3 s", "4 min", "2 h", "3 days". */
export function spanWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** Something that waits: fine for a while, worth a look after `watchAfter` seconds, wrong after `badAfter`. */
export const waitingLine = ({ key, label, seconds, what, watchAfter, badAfter }: Measured): HealthLine => ({
  key,
  label,
  state: seconds >= badAfter ? "bad" : seconds >= watchAfter ? "watch" : "ok",
  says: seconds === 0 ? "Nothing waits." : `The oldest ${what} has waited ${spanWords(seconds)}.`,
});

/** A deletion that left something is staff's to mend; a blocked one waits for somebody to hand an organization over. */
export function erasuresLine({ residue, blocked }: { residue: number; blocked: number }): HealthLine {
  const deletions = (count: number) => `${count} ${count === 1 ? "deletion" : "deletions"}`;
  const says = [
    ...(residue > 0
      ? [`${deletions(residue)} left something, and ${residue === 1 ? "waits" : "wait"} for you.`]
      : []),
    ...(blocked > 0 ? [`${deletions(blocked)} ${blocked === 1 ? "waits" : "wait"} for a new owner.`] : []),
  ];
  return {
    key: "erasures",
    label: "Deletions",
    state: residue > 0 ? "bad" : blocked > 0 ? "watch" : "ok",
    says: says.length > 0 ? says.join(" ") : "None waits for anybody.",
  };
}

/** A quoted CSV cell; what a spreadsheet would take for a formula is defused (design decision 17). */
export const csvCell = (value: unknown): string => {
  const text =
    value === null || value === undefined ? "" : value instanceof Date ? value.toISOString() : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
