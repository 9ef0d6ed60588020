/** Versions of records: entity tags (RFC 9110 §8.8) and the conditions that name them. */
import { createHash } from "node:crypto";

/** A strong tag: a digest of every byte of the answer. */
export const entityTag = (json: string): string =>
  `"${createHash("sha256").update(json).digest("base64url").slice(0, 22)}"`;

/** The tags of a list; `*` is anything that is there. */
const tagsOf = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"|\*/g) ?? [];

/** For `If-None-Match`: weak comparison. */
export const isAmong = (header: string, tag: string): boolean =>
  tagsOf(header).some((one) => one === "*" || one.replace(/^W\//, "") === tag);

export type Condition = { kind: "none" } | { kind: "any" } | { kind: "tags"; tags: string[] };

/** What `If-Match` asks for. A weak tag never matches: RFC 9110 §13.1.1 compares strongly. */
export function conditionOf(header: string | null): Condition {
  if (header === null) return { kind: "none" };
  const tags = tagsOf(header);
  return tags.includes("*") ? { kind: "any" } : { kind: "tags", tags };
}
