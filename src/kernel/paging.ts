/** Cursor pages, the same in every list. */
import { z } from "zod";

export const PageInput = z.object({
  /** Opaque; from `nextCursor` of the page before. */
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(100).default(25),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Rows of one page out of `limit + 1` fetched ones, and the cursor of the last shown row when more follow. */
export function cutPage<T>(rows: T[], limit: number, cursorOf: (row: T) => string) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

type Address = Record<string, string | string[] | undefined>;

/**
 * A list's input from the address of its page, where the cursor is called `after`. An address that was tampered with
 * shows the list as if nothing was asked. Server and browser read it alike, so that both ask under the same key.
 */
export function listInput<Schema extends z.ZodType>(schema: Schema, address: Address): z.output<Schema> {
  const one = Object.entries(address).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  const { after, ...rest } = Object.fromEntries(one) as Record<string, string | undefined>;
  const asked = schema.safeParse({ ...rest, cursor: after });
  return asked.success ? asked.data : schema.parse({});
}
