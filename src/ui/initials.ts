/** How many dyes tokens.css holds. */
const DYES = 5;

/**
 * Up to two letters for a name, whole characters even where one takes several
 * code units. A mail address counts as the name before its @.
 */
export function initials(name: string): string {
  const words = (name.split("@")[0] ?? "").split(/[\s._\-–—]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letter = (word: string | undefined): string =>
    word ? (Array.from(word.replace(/^[^\p{L}\p{N}]+/u, ""))[0] ?? "") : "";
  const first = letter(words[0]);
  const last = words.length > 1 ? letter(words.at(-1)) : "";
  return (first + last).toLocaleUpperCase() || "?";
}

/** 1 to 5, the same for the same seed on every machine and every day. */
export function dyeOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const character of seed) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return ((hash >>> 0) % DYES) + 1;
}
