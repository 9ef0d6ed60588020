/** The search for what an erasure has left: every readable column of every table, every object. */
import type { Trace } from "~/kernel/actor";
import { readSystem } from "~/server/db/with-system";
import { isObjectStoreThere, listAll, textOf } from "~/server/outbound/object-store";
import { columnsOf, hasNamesake, pagesOf, searchedColumns, searchPages, type Hit } from "../queries/system";
import { judge, seenIn, type Declared } from "../rules";
import type { Finding, Kind, Sought } from "../schema";

const PAGES_AT_ONCE = 2_000;

type Searching = { trace: Trace; declared: readonly Declared[] };
type Asked = {
  row: { kind: string };
  sought: Sought;
  table: string;
  /** Erasures that must hold what they look for until their end. */
  family: readonly string[];
};

/** @returns how many columns were read, and what was found. */
export async function searchTable(
  { trace, declared }: Searching,
  { row, sought, table, family }: Asked,
): Promise<{ columns: number; findings: Finding[] }> {
  const at = { reason: "search for what an erasure has left", trace };
  const { columns, pages, isNamesake } = await readSystem(at, async (scope) => ({
    columns: searchedColumns(await columnsOf(scope, table)),
    pages: await pagesOf(scope, table),
    isNamesake: await hasNamesake(scope, sought.names),
  }));
  const except = table === "erasure" ? [...family] : null;
  const sums = new Map<string, Hit>();
  const add = (hits: readonly Hit[]) => {
    for (const hit of hits) {
      const key = `${hit.column}:${hit.what}`;
      sums.set(key, { ...hit, count: hit.count + (sums.get(key)?.count ?? 0) });
    }
  };
  const look = (piece: { from: number; until: number } | null) =>
    readSystem(at, (scope) => searchPages(scope, { table, columns, sought, pages: piece, except }));
  if (pages === null) add(await look(null));
  else
    for (let from = 0; from < pages; from += PAGES_AT_ONCE)
      add(await look({ from, until: from + PAGES_AT_ONCE }));
  const of = declared.find((one) => one.table === table);
  return {
    columns: columns.length,
    findings: [...sums.values()].map((hit) => ({
      where: `${table}.${hit.column}`,
      ...judge(row.kind as Kind, { table, ...hit }, of, isNamesake),
    })),
  };
}

/** Larger ones are archives and pictures, and are known by their keys. */
const SMALL_BYTES = 1024 * 1024;
const isText = (key: string) => /\.(?:csv|txt|json|jsonl|md|xml|html|svg)$/i.test(key);

/** @returns how many objects there are, and what was found in keys and texts. */
export async function searchObjects(
  _searching: Searching,
  sought: Sought,
): Promise<{ objects: number; findings: Finding[] }> {
  const sums = new Map<string, Finding>();
  const add = (finding: Omit<Finding, "count">) => {
    const key = `${finding.where}:${finding.what}:${finding.verdict}`;
    sums.set(key, { ...finding, count: (sums.get(key)?.count ?? 0) + 1 });
  };
  let objects = 0;
  let after: string | null = null;
  if (!isObjectStoreThere()) return { objects, findings: [] };
  do {
    const page: Awaited<ReturnType<typeof listAll>> = await listAll(after);
    for (const { key, sizeBytes } of page.objects) {
      objects++;
      const isLedger = key.startsWith("ledger/");
      for (const what of seenIn(key, sought))
        add({
          where: "objects: keys",
          what,
          verdict: isLedger ? "kept" : "left",
          why: isLedger
            ? "A record of the usage ledger under a lock, which holds ids and numbers."
            : "Nothing says why this is here.",
        });
      if (!isText(key) || sizeBytes > SMALL_BYTES) continue;
      const text = await textOf(key);
      for (const what of text === null ? [] : seenIn(text, sought))
        add({
          where: "objects: contents",
          what,
          verdict: isLedger ? "kept" : "others",
          why: isLedger
            ? "A record of the usage ledger under a lock, which holds ids and numbers."
            : "Files that organizations brought or exported. Each organization answers for its own; exports go after 7 days.",
        });
    }
    after = page.next;
  } while (after !== null);
  return { objects, findings: [...sums.values()] };
}
