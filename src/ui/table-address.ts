"use client";

import { usePathname } from "next/navigation";
import { createSerializer, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";

export interface TableAddressChange {
  search?: string;
  /** A column's key, with `-` in front for descending. `null`: as the list is by itself. */
  sort?: string | null;
  /** Only those that change; `null` takes a filter away. */
  filters?: Record<string, string | null>;
  /** Keys of the columns that are shown; `null` for those shown by themselves. */
  columns?: readonly string[] | null;
  /** Id of the saved view this began as. */
  view?: string | null;
  after?: string | null;
}

/** What a list shows, as its address has it: a reload or a shared link restores it. */
export interface TableAddress {
  search: string;
  sort: string | null;
  filters: Record<string, string | null>;
  columns: string[] | null;
  view: string | null;
  after: string | null;
  /** All that the list's schema is asked with, by the names the address has. */
  asked: Record<string, string>;
  /** Says which rows match: selections hold while it stays the same. */
  matching: string;
  isFiltered: boolean;
  /** Another search, order or filter begins at the first page. */
  change: (change: TableAddressChange) => void;
  hrefOf: (change: TableAddressChange) => string;
  /** Goes to the page behind this cursor, as a step in the history. */
  goToPage: (after: string | null) => void;
  /** Cursor of the page one came from: `null` is the first page, `undefined` that it is not known. */
  pageBefore: string | null | undefined;
}

const COMMON = ["search", "sort", "after", "cols", "view"];

/** The way back through cursors, which only lead forward. Of this tab; a reload knows the first page alone. */
const cameFrom = new Map<string, string | null>();
const LONGEST_WAY = 1_000;

/** `filterKeys` are names in the address; give the same array each time, or at least the same names. */
export function useTableAddress(filterKeys: readonly string[]): TableAddress {
  const path = usePathname();
  const names = filterKeys.join(",");
  const parsers = useMemo(() => {
    const all = [...COMMON, ...(names === "" ? [] : names.split(","))];
    return Object.fromEntries(all.map((name) => [name, parseAsString]));
  }, [names]);
  const [state, setState] = useQueryStates(parsers, { shallow: true, history: "replace" });
  return useMemo(() => {
    const serialize = createSerializer(parsers);
    const keys = names === "" ? [] : names.split(",");
    const { search = null, sort = null, after = null, cols = null, view = null } = state;
    const filters = Object.fromEntries(keys.map((key) => [key, state[key] ?? null]));

    const valuesOf = (change: TableAddressChange) => {
      const isOtherRows = "search" in change || "sort" in change || "filters" in change;
      return {
        ...("search" in change && { search: change.search || null }),
        ...("sort" in change && { sort: change.sort ?? null }),
        ...change.filters,
        ...("columns" in change && { cols: change.columns?.join(",") ?? null }),
        ...("view" in change && { view: change.view ?? null }),
        ...(isOtherRows && { after: null }),
        ...("after" in change && { after: change.after ?? null }),
      };
    };
    const given = Object.entries({ search, sort, after, ...filters });
    return {
      search: search ?? "",
      sort,
      filters,
      columns: cols?.split(",") ?? null,
      view,
      after,
      asked: Object.fromEntries(given.filter((entry): entry is [string, string] => Boolean(entry[1]))),
      matching: JSON.stringify([search, filters]),
      isFiltered: Boolean(search) || Object.values(filters).some(Boolean),
      change: (change) => void setState(valuesOf(change)),
      hrefOf: (change) => serialize(path, { ...state, ...valuesOf(change) }),
      goToPage: (next) => {
        if (next !== null && next !== cameFrom.get(after ?? "")) {
          if (cameFrom.size >= LONGEST_WAY) cameFrom.clear();
          cameFrom.set(next, after);
        }
        void setState({ after: next }, { history: "push" });
      },
      pageBefore: after === null ? null : cameFrom.get(after),
    };
  }, [names, parsers, path, setState, state]);
}
