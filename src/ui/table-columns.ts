import type { DataListColumn } from "./data-list";

export interface DataTableColumn<Row> extends DataListColumn<Row> {
  /** The list can be sorted by this column; a first press sorts it this way. */
  sort?: "ascending" | "descending";
  /** Shown only when somebody chooses it. */
  hidden?: boolean;
}

type Sortable = { key: string; sort?: "ascending" | "descending" };
type Hideable = { key: string; hidden?: boolean; labelHidden?: boolean };

/** The first column says what a row is, and one without a heading holds its buttons: neither can be hidden. */
export const isFixed = (columns: readonly Hideable[], key: string): boolean =>
  columns[0]?.key === key || columns.some((column) => column.key === key && column.labelHidden === true);

/** Keys of the columns on screen, in their fixed order. Names that no column has (any more) are passed over. */
export function shownColumns(columns: readonly Hideable[], chosen: readonly string[] | null): string[] {
  return columns
    .filter(({ key, hidden }) =>
      chosen === null ? hidden !== true : chosen.includes(key) || isFixed(columns, key),
    )
    .map(({ key }) => key);
}

/** What the address says after a column was shown or hidden: nothing when the usual ones are on screen. */
export function chooseColumn(
  columns: readonly Hideable[],
  chosen: readonly string[] | null,
  { key, shown }: { key: string; shown: boolean },
): string[] | null {
  const now = new Set(shownColumns(columns, chosen));
  if (shown) now.add(key);
  else if (!isFixed(columns, key)) now.delete(key);
  const next = columns.map((column) => column.key).filter((one) => now.has(one));
  return next.join() === shownColumns(columns, null).join() ? null : next;
}

export type SortDirection = "ascending" | "descending";

/** `-created` as a column and a direction. */
export const readSort = (sort: string): { key: string; direction: SortDirection } =>
  sort.startsWith("-")
    ? { key: sort.slice(1), direction: "descending" }
    : { key: sort, direction: "ascending" };

/** What a press on a heading sorts by: the column's own direction first, then the other one. */
export function nextSort(column: Sortable, current: string): string {
  const { key, direction } = readSort(current);
  const first = column.sort ?? "ascending";
  const isDescending = key === column.key ? direction === "ascending" : first === "descending";
  return isDescending ? `-${column.key}` : column.key;
}
