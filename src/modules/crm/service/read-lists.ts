/** What lists of companies and contacts share: cursors, owners, "mine". */
import { z } from "zod";
import type { OrgActor } from "~/kernel/actor";
import type { TenantReadScope } from "~/server/db/with-tenant";
import { cursorInvalid } from "../errors";
import { memberNames, type After, type ListOf } from "../queries";
import type { CompanyListInput, Owner } from "../schema";

const Cursor = z.tuple([z.enum(["recent", "name"]), z.string(), z.uuid()]);

export const cursorOf = (
  sort: "recent" | "name",
  row: { id: string; nameKey: string; createdAt: Date },
): string => {
  const value = sort === "recent" ? row.createdAt.toISOString() : row.nameKey;
  return Buffer.from(JSON.stringify([sort, value, row.id])).toString("base64url");
};

/** @throws crm.cursor_invalid, also for a cursor of the other order. */
export function afterOf(cursor: string | null | undefined, sort: "recent" | "name"): After {
  if (!cursor) return null;
  const [of, value, id] = parseCursor(cursor);
  const isInstant = !Number.isNaN(Date.parse(value));
  if (of !== sort || (sort === "recent" && !isInstant)) throw cursorInvalid();
  return { value, id };
}

function parseCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw cursorInvalid();
  }
}

/** Whose records are asked for; work of the platform has none of its own. */
export const ownerFilter = (actor: OrgActor, owner: "all" | "mine"): string | null =>
  owner === "mine" ? actor.userId : null;

export const listOf = (actor: OrgActor, input: CompanyListInput): ListOf => ({
  sort: input.sort,
  search: input.search,
  ownerId: ownerFilter(actor, input.owner),
  after: afterOf(input.cursor, input.sort),
  take: input.limit + 1,
});

/** Puts names to owners, with one query for all of them. */
export async function ownersOf(
  scope: TenantReadScope,
  ids: (string | null)[],
): Promise<(id: string | null) => Owner | null> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const names = known.length > 0 ? await memberNames(scope, known) : new Map<string, string>();
  return (id) => (id === null ? null : { id, name: names.get(id) ?? null, isMe: id === scope.actor.userId });
}
