/** What lists of companies and contacts share: cursors, owners, "mine". */
import { z } from "zod";
import type { OrgActor } from "~/kernel/actor";
import type { TenantReadScope } from "~/server/db/with-tenant";
import { cursorInvalid } from "../errors";
import { memberNames } from "../queries";
import type { After, ListOf, Matching, SortKey } from "../queries/lists";
import { tagsOf } from "../queries/tags";
import type { RecordKind } from "../rules";
import type { CompanyListInput, ContactListInput, CompanyMatching, ContactMatching, Owner } from "../schema";

type Sort = CompanyListInput["sort"];
const Cursor = z.tuple([z.string(), z.string(), z.uuid()]);

/** `-created` as a column and a direction. */
const sortOf = (sort: Sort): ListOf["sort"] => ({
  by: sort.replace("-", "") as SortKey,
  isDescending: sort.startsWith("-"),
});

type Sorted = { id: string; nameKey: string; createdAt: Date; employeesKey?: number };
const VALUE_OF: Record<SortKey, (row: Sorted) => string> = {
  created: (row) => row.createdAt.toISOString(),
  name: (row) => row.nameKey,
  employees: (row) => String(row.employeesKey),
};
const IS_VALUE: Record<SortKey, (value: string) => boolean> = {
  created: (value) => !Number.isNaN(Date.parse(value)),
  name: () => true,
  employees: (value) => /^-?\d{1,9}$/.test(value),
};

export const cursorOf = (sort: Sort, row: Sorted): string =>
  Buffer.from(JSON.stringify([sort, VALUE_OF[sortOf(sort).by](row), row.id])).toString("base64url");

/** @throws crm.cursor_invalid, also for a cursor of another order. */
function afterOf(cursor: string | null | undefined, sort: Sort): After {
  if (!cursor) return null;
  const [of, value, id] = parseCursor(cursor);
  if (of !== sort || !IS_VALUE[sortOf(sort).by](value)) throw cursorInvalid();
  return { value, id };
}

function parseCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw cursorInvalid();
  }
}

/** Whose records are asked for; "mine" of the platform's own work are nobody's. */
function ownerOf(actor: OrgActor, owner: CompanyMatching["owner"]): Matching["owner"] {
  if (owner === "all") return null;
  if (owner === "nobody" || (owner === "mine" && actor.userId === null)) return "nobody";
  return { id: owner === "mine" ? actor.userId! : owner };
}

export const matchingOf = (
  actor: OrgActor,
  input: CompanyMatching & Partial<Pick<ContactMatching, "companyId">>,
): Matching => ({
  search: input.search,
  owner: ownerOf(actor, input.owner),
  countryCode: input.country ?? null,
  companyId: input.companyId ?? null,
  tagId: input.tag ?? null,
});

export const listOf = (actor: OrgActor, input: CompanyListInput | ContactListInput): ListOf => ({
  ...matchingOf(actor, input),
  sort: sortOf(input.sort),
  after: afterOf(input.cursor, input.sort),
  take: input.limit + 1,
});

/** What rows show of other tables, owner and tags, with one query each for all of them. */
export async function belongingsOf(
  scope: TenantReadScope,
  kind: RecordKind,
  rows: readonly { id: string; ownerId: string | null }[],
) {
  const [owner, tags] = await Promise.all([
    ownersOf(
      scope,
      rows.map((row) => row.ownerId),
    ),
    tagsOf(
      scope,
      kind,
      rows.map((row) => row.id),
    ),
  ]);
  return ({ id, ownerId }: { id: string; ownerId: string | null }) => ({
    owner: owner(ownerId),
    tags: tags(id),
  });
}

/** Puts names to owners, with one query for all of them. */
export async function ownersOf(
  scope: TenantReadScope,
  ids: (string | null)[],
): Promise<(id: string | null) => Owner | null> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const names = known.length > 0 ? await memberNames(scope, known) : new Map<string, string>();
  return (id) => (id === null ? null : { id, name: names.get(id) ?? null, isMe: id === scope.actor.userId });
}
