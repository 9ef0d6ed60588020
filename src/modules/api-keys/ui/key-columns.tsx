/** What the list says of a key, and of its state: first what stops it, then what will. */
import { SCOPES } from "~/kernel/scopes";
import { Badge } from "~/ui/badge";
import type { DataListColumn } from "~/ui/data-list";
import { RelativeTime } from "~/ui/relative-time";
import type { Key } from "../schema";

const SOON_MS = 7 * 86_400_000;

/** `tnt_live_AbC…wxyz`: enough to tell keys apart, nothing to use. */
export const shownOf = ({ start, lastFour }: Pick<Key, "start" | "lastFour">): string =>
  `${start}…${lastFour}`;

function stateOf(
  key: Key,
  now: number,
): { tone: "positive" | "caution" | "negative" | "neutral"; words: string } {
  const { ended, createdBy, replacedById, expiresAt } = key;
  if (ended)
    return {
      tone: "neutral",
      words: { revoked: "Revoked", rotated: "Replaced", expired: "Expired" }[ended.reason],
    };
  if (createdBy.role === null) return { tone: "negative", words: `Stopped: ${createdBy.name} left` };
  if (replacedById) return { tone: "caution", words: "Being replaced" };
  if (createdBy.role === "readonly") return { tone: "caution", words: `Reads only, as ${createdBy.name}` };
  if (expiresAt && expiresAt.getTime() - now < SOON_MS) return { tone: "caution", words: "Expires soon" };
  return { tone: "positive", words: "Active" };
}

const scopesText = ({ scopes }: Key) =>
  scopes.length === SCOPES.length ? "Everything a key can" : scopes.join(", ");

/** Columns of living keys, or of ended ones. The skeleton has the same. */
export function keyColumns(timeZone: string, isEnded = false): DataListColumn<Key>[] {
  const when = (at: Date | null, never: string) =>
    at ? <RelativeTime at={at} timeZone={timeZone} /> : <span className="text-ink-soft">{never}</span>;
  return [
    {
      key: "name",
      label: "Key",
      cell: (key) => (
        <span className="block min-w-0">
          <span className="block [overflow-wrap:anywhere] text-ink">{key.name}</span>
          <span className="block font-mono text-xs break-all text-ink-soft">{shownOf(key)}</span>
          {/* Where the list has no room for a column of its own: what a key may is never left out. */}
          <span className="mt-1 hidden text-sm font-normal [overflow-wrap:anywhere] whitespace-normal text-ink-soft @max-[880px]:block @max-lg:mt-2.5">
            May: {scopesText(key)}
          </span>
        </span>
      ),
    },
    {
      key: "scopes",
      label: "May",
      from: "wider",
      width: "11rem",
      cell: (key) => (
        <span className="block text-sm [overflow-wrap:anywhere] whitespace-normal text-ink-soft">
          {scopesText(key)}
        </span>
      ),
    },
    {
      key: "state",
      label: "State",
      width: "9rem",
      cell: (key) => {
        const { tone, words } = stateOf(key, Date.now());
        return <Badge tone={tone}>{words}</Badge>;
      },
    },
    {
      key: "used",
      label: "Last used",
      width: "8rem",
      cell: ({ lastUsedAt }) => when(lastUsedAt, "Never"),
    },
    isEnded
      ? { key: "ended", label: "Ended", width: "8rem", cell: ({ ended }) => when(ended?.at ?? null, "") }
      : {
          key: "expires",
          label: "Expires",
          width: "7.5rem",
          cell: ({ expiresAt }) => when(expiresAt, "Never"),
        },
    {
      key: "by",
      label: "Made by",
      width: "8.5rem",
      from: "widest",
      cell: ({ createdBy, createdAt }) => (
        <span className="block min-w-0">
          <span className="block [overflow-wrap:anywhere]">{createdBy.isYou ? "You" : createdBy.name}</span>
          <span className="block text-xs text-ink-soft">
            <RelativeTime at={createdAt} timeZone={timeZone} />
          </span>
        </span>
      ),
    },
  ];
}
