/** A row in every table there is, of one organization and one person, with whatever personal thing its columns may hold. */
import pg from "pg";
import type { Privacy } from "~/kernel/privacy";
import type { UUID } from "node:crypto";
import { build, plant, readTables, type Row } from "./reach";

export type Planted = { tenant: UUID; user: UUID; name: string; email: string };

/** What an erasure or an export writes itself. */
const THEIR_OWN = ["erasure", "erasure_step", "data_export"];
/** Words of the platform's staff, who name nobody. */
const isOfStaff = (column: string) => column === "reason" || column === "staff_id";

/**
 * Plants them as the owner role, for good. Columns that their slice declares hold name, address or id as their type allows.
 * @returns the rows by table.
 */
export async function plantEverywhere(
  whose: Planted,
  privacy: readonly Privacy[],
): Promise<Map<string, Row>> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  const declared = new Map(privacy.flatMap(({ tables }) => Object.entries(tables)));
  const rows = new Map<string, Row>();
  try {
    for (const table of await readTables(client)) {
      const of = declared.get(table.name);
      if (THEIR_OWN.includes(table.name)) continue;
      const row = build(table, whose, (name) => rows.get(name));
      const ids = of?.person.ids ?? {};
      for (const { name: column, type, values, isGenerated } of table.columns) {
        const isNamed = of !== undefined && column in of.columns && !isOfStaff(column);
        if ((!isNamed && !(column in ids)) || isGenerated || values !== null) continue;
        const isIdOnly = column in ids && of?.person.erase.length === 0;
        if (type === "uuid") row[column] = whose.user;
        else if (/^json/.test(type))
          row[column] = JSON.stringify(
            isIdOnly
              ? { meta: { user_id: whose.user } }
              : { name: whose.name, email: whose.email, ...(column in ids && { user_id: whose.user }) },
          );
        else if (type === "text") row[column] = textOf(column, whose, column in ids);
      }
      rows.set(table.name, await plant(client, table, row));
    }
  } finally {
    await client.end();
  }
  return rows;
}

function textOf(column: string, { name, email, user }: Planted, isId: boolean): string {
  if (isId) return user;
  if (/email/.test(column)) return email;
  if (
    /_key$|^key$|slug|address|domain|card|phone|^kind$|cause|account_id|tax_id|(?:hosted|pdf)_url/.test(
      column,
    )
  )
    return `${column}-${user.slice(-12)}`.replaceAll("_", "-");
  return /name/.test(column) ? name : `${name} <${email}>`;
}
