/** Pure parts of the peek panel: which row comes next, and how wide the panel may be (CSS pixels). */

export const PEEK_WIDTH = { least: 360, usual: 480, most: 960 } as const;
/** What is left to the list at the side of the panel. */
const LIST_LEAST = 420;
/** The widest sidebar beside both. */
const SIDEBAR = 240;
/** From here on the list makes room; on narrower screens the panel lies over it. */
export const MAKES_ROOM_FROM = 1280;

/** `wished` held within what the screen allows. */
export function peekWidth(wished: number, screenWidth: number): number {
  const room = screenWidth >= MAKES_ROOM_FROM ? screenWidth - SIDEBAR - LIST_LEAST : screenWidth - 48;
  const most = Math.max(PEEK_WIDTH.least, Math.min(PEEK_WIDTH.most, room));
  return Math.round(Math.min(most, Math.max(PEEK_WIDTH.least, wished)));
}

/** The neighbour of `id`, or `null` at the end. A row that left the list has the first one after it. */
export function neighbour(ids: readonly string[], id: string | null, step: 1 | -1): string | null {
  const at = id === null ? -1 : ids.indexOf(id);
  if (at === -1) return step === 1 ? (ids[0] ?? null) : null;
  return ids[at + step] ?? null;
}
