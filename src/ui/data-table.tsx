"use client";

import { rowSelectionFeature, type RowSelectionState, tableFeatures, useTable } from "@tanstack/react-table";
import { type MouseEvent, type ReactNode, useMemo, useRef, useState } from "react";

import { BulkBar } from "./bulk-bar";
import { Button } from "./button";
import { ColumnChooser } from "./column-chooser";
import { DataList, type DataListSort } from "./data-list";
import { ErrorState } from "./error-state";
import { FilterBar, type FilterBarSearch, type FilterBarSelect } from "./filter-bar";
import { useFocusKept } from "./focus-kept";
import { formatNumber } from "./format-number";
import { NoResults } from "./no-results";
import { Pagination } from "./pagination";
import { RowCheckbox } from "./row-checkbox";
import { useSteady } from "./steady";
import type { TableAddress } from "./table-address";
import {
  chooseColumn,
  type DataTableColumn,
  isFixed,
  nextSort,
  readSort,
  shownColumns,
} from "./table-columns";
import { useTableKeys } from "./table-keys";

export type { DataTableColumn } from "./table-columns";

/** Rows that acts of the bulk bar are meant for: these, or whatever matches the search and the filters. */
export type TableSelection = { all: false; ids: string[]; count: number } | { all: true; count: number };

/** A filter of the list; `key` is its name in the address. */
export type DataTableFilter = Omit<FilterBarSelect, "value" | "onChange">;

export interface DataTableProps<Row extends object> {
  /** "company", "companies": as sentences say it. */
  nouns: { one: string; many: string };
  columns: readonly DataTableColumn<Row>[];
  address: TableAddress;
  /** What the list is sorted by when the address says nothing: `-created`. */
  defaultSort?: string;
  /** One page of rows; `undefined` while the first one comes. */
  page: { items: Row[]; nextCursor: string | null } | undefined;
  /** The page on screen answers an earlier question. */
  isStale?: boolean;
  /** The page could not be read: public words, and how to try again. */
  failure?: { message: string; correlationId?: string | null; onRetry: () => void } | null;
  /** How many match in all. Leave it out while that is not known: no number is better than a wrong one. */
  total?: number | undefined;
  rowKey: (row: Row) => string;
  rowHref?: (row: Row) => string;
  /** A plain click on a row: `peek.follow`. */
  onRowClick?: (event: MouseEvent<HTMLAnchorElement>, row: Row) => void;
  /** What the row is called, for its checkbox: "Select Northwind Foods". */
  rowName?: (row: Row) => string;
  /** Open beside the list. */
  isCurrent?: (row: Row) => boolean;
  search?: Pick<FilterBarSearch, "label" | "placeholder">;
  filters?: readonly DataTableFilter[];
  /** At the end of the toolbar, before the columns: saved views, export. */
  tools?: ReactNode;
  /** Buttons of the bulk bar; rows can be selected when it is given. `clear` when the act is done. */
  bulk?: (selection: TableSelection, clear: () => void) => ReactNode;
  /** In place of the table where there is nothing at all and nothing is filtered. */
  empty: ReactNode;
  /** The list shows a part by itself: what else there is stays to be filtered for where that part is empty. */
  emptyWithFilters?: boolean;
  /** On the button that takes the filters off; for a list that then shows a part, and not all. */
  clearLabel?: string;
  /** Skeleton rows while the first page comes. */
  loadingRows?: number;
}

const features = tableFeatures({ rowSelectionFeature });
const NO_ROWS: never[] = [];
const NONE: RowSelectionState = {};

/**
 * The one table of rows that come from the server page by page: it shows what its address says, and changes the
 * address. Pages replace each other, so a list of 100,000 rows weighs as much as one of 50.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { nouns, columns, address, defaultSort = "", page, isStale = false, failure, total } = props;
  const { rowKey, rowHref, onRowClick, rowName, isCurrent, search, filters = [], tools, bulk, empty } = props;
  const list = useRef<HTMLDivElement>(null);
  const sort = address.sort ?? defaultSort;
  const drawn = useShownColumns(columns, address.columns);
  const selection = useSelection(address.matching);

  const table = useTable({
    features,
    data: page?.items ?? (NO_ROWS as Row[]),
    columns: useMemo(() => columns.map(({ key }) => ({ id: key })), [columns]),
    getRowId: rowKey,
    enableRowSelection: bulk !== undefined,
    isRowRangeSelectionEvent: (event) => (event as { shiftKey?: boolean }).shiftKey === true,
    state: { rowSelection: selection.chosen },
    onRowSelectionChange: (update) =>
      selection.choose(typeof update === "function" ? update(selection.chosen) : update),
  });
  const rows = table.getRowModel().rows;
  const chosenIds = table.getSelectedRowIds();
  const toggle = (at: number, isRange: boolean): void => {
    const row = rows[at];
    if (row && selection.isAll) return selection.choose(allBut(rows, row.id));
    // The handler is made for inputs; ours is a button, which tells only whether shift was held.
    row?.getToggleSelectedHandler()({ target: { checked: !row.getIsSelected() }, shiftKey: isRange });
  };
  // The rows are drawn anew when a handler is another one: these stay, whatever the page they belong to does.
  const steadyToggle = useSteady((row: Row, isRange: boolean) =>
    toggle(
      rows.findIndex(({ id }) => id === rowKey(row)),
      isRange,
    ),
  );
  const steadyRowClick = useSteady((event: MouseEvent<HTMLAnchorElement>, row: Row) =>
    onRowClick?.(event, row),
  );
  useTableKeys(
    list,
    nouns,
    bulk ? { onToggle: toggle, onSelectPage: () => table.toggleAllRowsSelected(true) } : {},
  );

  useFocusKept(list);

  const isEmpty = page?.items.length === 0;
  const hasNothing = isEmpty && !isStale && !address.isFiltered && address.after === null && !failure;
  if (hasNothing && !props.emptyWithFilters) return empty;

  const current = readSort(sort);
  const sorts = Object.fromEntries(
    drawn
      .filter((column) => column.sort)
      .map((column): [string, DataListSort] => {
        const next = nextSort(column, sort);
        const change = { sort: next === defaultSort ? null : next };
        return [
          column.key,
          {
            href: address.hrefOf(change),
            direction: current.key === column.key ? current.direction : null,
            onSort: () => address.change(change),
          },
        ];
      }),
  );
  const clear = () =>
    address.change({ search: "", filters: Object.fromEntries(filters.map(({ key }) => [key, null])) });
  const goTo = (after: string | null) => {
    address.goToPage(after);
    list.current?.scrollIntoView({ block: "start" });
  };
  const allSelected = rows.length > 0 && table.getIsAllRowsSelected();
  const picked: TableSelection =
    selection.isAll && total !== undefined
      ? { all: true, count: total }
      : { all: false, ids: chosenIds, count: chosenIds.length };

  return (
    <>
      <FilterBar
        label={`Filter ${nouns.many}`}
        {...(search && {
          search: {
            ...search,
            value: address.search,
            onChange: (value) => address.change({ search: value }),
          },
        })}
        selects={filters.map((filter) => ({
          ...filter,
          value: address.filters[filter.key] ?? null,
          onChange: (value) => address.change({ filters: { [filter.key]: value } }),
        }))}
        onClear={clear}
      >
        <span className="ms-auto flex flex-wrap items-center justify-end gap-2">
          {tools}
          <ColumnChooser
            columns={columns
              .filter(({ key }) => !isFixed(columns, key))
              .map(({ key, label }) => ({ key, label, shown: drawn.some((one) => one.key === key) }))}
            onToggle={(key, isShown) =>
              address.change({ columns: chooseColumn(columns, address.columns, { key, shown: isShown }) })
            }
            onReset={address.columns ? () => address.change({ columns: null }) : undefined}
          />
        </span>
      </FilterBar>
      <div ref={list} tabIndex={-1} data-table-list="" className="scroll-mt-16 rounded-lg">
        {failure ? (
          <ErrorState
            title={`The ${nouns.many} could not be read`}
            safe={failure.message}
            correlationId={failure.correlationId ?? undefined}
            actions={
              <>
                <Button onClick={failure.onRetry}>Try again</Button>
                {address.after !== null && (
                  <Button variant="ghost" onClick={() => goTo(null)}>
                    Go to the first page
                  </Button>
                )}
              </>
            }
          />
        ) : hasNothing ? (
          empty
        ) : isEmpty && !isStale ? (
          <NoResults
            title={address.isFiltered ? `No ${nouns.one} matches` : `No ${nouns.many} on this page`}
            filters={namedFilters(address, filters)}
            clear={
              address.isFiltered ? (
                <Button onClick={clear}>{props.clearLabel ?? `Show all ${nouns.many}`}</Button>
              ) : (
                <Button onClick={() => goTo(null)}>Go to the first page</Button>
              )
            }
          />
        ) : (
          <DataList
            label={nouns.many}
            columns={drawn}
            sorts={sorts}
            rows={page?.items ?? NO_ROWS}
            rowKey={rowKey}
            stale={isStale}
            loadingRows={page ? 0 : (props.loadingRows ?? 10)}
            loadingText={`Loading ${nouns.many}`}
            isCurrent={(row) => (isCurrent?.(row) ?? false) || selection.holds(rowKey(row))}
            {...(rowHref && { rowHref })}
            {...(onRowClick && { onRowClick: steadyRowClick })}
            {...(bulk && {
              selection: {
                header: (
                  <RowCheckbox
                    label="Select this page"
                    checked={selection.isAll || allSelected}
                    indeterminate={!selection.isAll && !allSelected && table.getIsSomeRowsSelected()}
                    onToggle={() =>
                      selection.isAll ? selection.clear() : table.toggleAllRowsSelected(!allSelected)
                    }
                  />
                ),
                labelOf: (row: Row) => `Select ${rowName?.(row) ?? nouns.one}`,
                holds: (row: Row) => selection.holds(rowKey(row)),
                onToggle: steadyToggle,
              },
            })}
            footer={
              page &&
              (total !== undefined || page.nextCursor !== null || address.after !== null) && (
                <Pages address={address} page={page} nouns={nouns} total={total} goTo={goTo} />
              )
            }
          />
        )}
      </div>
      {bulk && (
        <BulkBar
          label={`Selected ${nouns.many}`}
          open={picked.count > 0}
          onClear={selection.clear}
          summary={
            picked.all
              ? `All ${formatNumber(picked.count)} selected`
              : `${formatNumber(picked.count)} selected`
          }
        >
          {!picked.all && allSelected && total !== undefined && total > picked.count && (
            <Button size="small" variant="ghost" onClick={selection.chooseAll}>
              Select all {formatNumber(total)}
            </Button>
          )}
          {bulk(picked, selection.clear)}
        </BulkBar>
      )}
    </>
  );
}

interface PagesProps {
  address: TableAddress;
  page: { nextCursor: string | null };
  nouns: { one: string; many: string };
  total: number | undefined;
  goTo: (after: string | null) => void;
}

function Pages({ address, page: { nextCursor }, nouns, total, goTo }: PagesProps) {
  const summary = total === undefined ? null : countWords(total, nouns);
  const { after, pageBefore } = address;
  if (after === null && nextCursor === null)
    return summary && <p className="text-sm text-ink-soft">{summary}</p>;
  return (
    <Pagination
      label={`Pages of ${nouns.many}`}
      previousHref={after === null ? null : address.hrefOf({ after: pageBefore ?? null })}
      previousLabel={pageBefore === undefined ? "First page" : "Previous"}
      onPrevious={() => goTo(pageBefore ?? null)}
      nextHref={nextCursor && address.hrefOf({ after: nextCursor })}
      onNext={() => goTo(nextCursor)}
      summary={summary}
    />
  );
}

const countWords = (count: number, nouns: { one: string; many: string }): string =>
  `${formatNumber(count)} ${count === 1 ? nouns.one : nouns.many}`;

/** Of "all that match" one was taken out: what is on screen stays selected, the rest was never seen. */
const allBut = (rows: readonly { id: string }[], id: string): RowSelectionState =>
  Object.fromEntries(rows.filter((row) => row.id !== id).map((row) => [row.id, true]));

/** The filters that are on, in words. */
function namedFilters(address: TableAddress, filters: readonly DataTableFilter[]): string[] {
  const chosen = filters.flatMap(({ key, label, options }) => {
    const value = address.filters[key];
    if (!value) return [];
    const name = options.find((option) => option.value === value)?.label ?? value;
    return [`${label}: ${String(name)}`];
  });
  return [...(address.search ? [`“${address.search}”`] : []), ...chosen];
}

/** The same array while the same columns are on screen: an address that changes says them in a new one. */
function useShownColumns<Row>(columns: readonly DataTableColumn<Row>[], chosen: readonly string[] | null) {
  const keys = shownColumns(columns, chosen).join();
  return useMemo(() => columns.filter(({ key }) => keys.split(",").includes(key)), [columns, keys]);
}

/** What is selected, over all pages of one question; another question begins without any. */
function useSelection(matching: string) {
  const [held, setHeld] = useState({ matching, chosen: NONE, isAll: false });
  const { chosen, isAll } = held.matching === matching ? held : { chosen: NONE, isAll: false };
  return {
    chosen,
    isAll,
    holds: (id: string): boolean => isAll || id in chosen,
    choose: (next: RowSelectionState) => setHeld({ matching, chosen: next, isAll: false }),
    chooseAll: () => setHeld({ matching, chosen, isAll: true }),
    clear: () => setHeld({ matching, chosen: NONE, isAll: false }),
  };
}
