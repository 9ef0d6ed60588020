import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import NextLink from "next/link";
import type { MouseEvent, ReactNode } from "react";

import { classNames } from "./class-names";
import { DataListRow } from "./data-list-row";
import { Skeleton } from "./skeleton";

export interface DataListColumn<Row> {
  key: string;
  /** The heading; on phones it stands before the value. */
  label: string;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers. */
  align?: "start" | "end";
  /** A CSS width: "12rem", "30%". The first column takes what is left. */
  width?: string;
  /** Shown only where the list is wide (640 px) or wider still (880 px). */
  from?: "wide" | "wider";
  /** For a column of buttons: its heading is read but not drawn. */
  labelHidden?: boolean;
  /** The heading becomes a link; the current direction is said with it. `onSort` instead of going there, for plain clicks. */
  sort?: { href: string; direction: "ascending" | "descending" | null; onSort?: () => void };
  /** Width of the skeleton bar; two thirds of the column by default. */
  skeleton?: string;
}

export interface DataListProps<Row> {
  /** What the list holds, for screen readers. */
  label: string;
  columns: readonly DataListColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes the first cell a link and the whole row its target. */
  rowHref?: (row: Row) => string;
  /** A plain click on a row, before its link is followed: `peek.follow` of `usePeek`. Client components only. */
  onRowClick?: (event: MouseEvent<HTMLAnchorElement>, row: Row) => void;
  /** Rows that are selected or open beside the list. */
  isCurrent?: (row: Row) => boolean;
  /** Its rows are of an earlier question while the answer to the latest comes. */
  stale?: boolean;
  /** A checkbox per row: comes before the first column. */
  selection?: { header: ReactNode; cell: (row: Row) => ReactNode };
  /** Shows this many skeleton rows instead of `rows`. */
  loadingRows?: number;
  loadingText?: string;
  /** Below the table, inside its frame: pagination. */
  footer?: ReactNode;
  /** `plain` where a card frames it already. */
  frame?: "card" | "plain";
  className?: string;
}

const fromStyle = {
  wide: "@max-[640px]:hidden",
  wider: "@max-[880px]:hidden",
} as const;

/*
 * One table for all widths: where the list is narrower than 512 px each row is
 * laid out as a card. Explicit roles keep it a table for screen readers, since
 * browsers forget that when `display` changes. Works in server components.
 */
export function DataList<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHref,
  onRowClick,
  isCurrent,
  stale = false,
  selection,
  loadingRows = 0,
  loadingText = "Loading",
  footer,
  frame = "card",
  className,
}: DataListProps<Row>) {
  const loading = loadingRows > 0;
  // On a card, buttons and the checkbox stand in the upper corner.
  const hasActions = columns.some((column) => column.labelHidden);
  return (
    <div
      className={classNames(
        "@container min-w-0",
        // Clipped, not hidden: a hidden overflow would keep the headings from sticking to the page.
        frame === "card" && "overflow-clip rounded-lg border border-line bg-surface",
        stale && "opacity-60 transition-opacity delay-150",
        className,
      )}
    >
      <div className="@max-[720px]:overflow-x-auto">
        <table
          role="table"
          aria-label={label}
          aria-busy={loading || stale || undefined}
          className="w-full border-separate border-spacing-0 text-base @max-lg:block"
        >
          <thead role="rowgroup" className="@max-lg:sr-only @max-lg:focus-within:not-sr-only">
            <tr role="row">
              {selection && (
                <th role="columnheader" scope="col" className={classNames(headStyle, "w-10 pe-0")}>
                  <span className="flex">{selection.header}</span>
                </th>
              )}
              {columns.map((column, at) => (
                <th
                  key={column.key}
                  role="columnheader"
                  scope="col"
                  aria-sort={column.sort ? (column.sort.direction ?? "none") : undefined}
                  style={column.width ? { width: column.width } : undefined}
                  className={classNames(
                    headStyle,
                    at === 0 && "min-w-44",
                    column.align === "end" && "text-end",
                    column.from && fromStyle[column.from],
                  )}
                >
                  <HeadLabel column={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" className="@max-lg:block">
            {loading
              ? Array.from({ length: loadingRows }, (_, index) => (
                  <tr key={index} role="row" aria-hidden className={rowStyle}>
                    {selection && (
                      <td role="cell" className={classNames(cellStyle, "pe-0 @max-lg:hidden")}>
                        <Skeleton className="size-4" />
                      </td>
                    )}
                    {columns.map((column, at) => (
                      <td
                        key={column.key}
                        role="cell"
                        className={classNames(
                          cellStyle,
                          column.from && fromStyle[column.from],
                          at > 0 ? "@max-lg:hidden" : "@max-lg:block",
                        )}
                      >
                        {!column.labelHidden && (
                          <span className={classNames("flex", column.align === "end" && "justify-end")}>
                            <span style={{ width: column.skeleton ?? "66%" }}>
                              <Skeleton />
                            </span>
                          </span>
                        )}
                      </td>
                    ))}
                  </tr>
                ))
              : rows.map((row) => {
                  const href = rowHref?.(row);
                  const current = isCurrent?.(row) ?? false;
                  return (
                    <DataListRow
                      key={rowKey(row)}
                      id={rowKey(row)}
                      opens={href !== undefined}
                      current={current}
                      className={classNames(
                        rowStyle,
                        href !== undefined && "hover:bg-ink/3",
                        current && "bg-accent/8 hover:bg-accent/10",
                      )}
                    >
                      {selection && (
                        <td
                          role="cell"
                          className={classNames(
                            cellStyle,
                            cornerStyle,
                            "w-10 pe-0 @max-lg:w-auto",
                            hasActions ? "@max-lg:end-12" : "@max-lg:end-3",
                          )}
                        >
                          <span className="flex">{selection.cell(row)}</span>
                        </td>
                      )}
                      {columns.map((column, at) => (
                        <td
                          key={column.key}
                          role="cell"
                          className={classNames(
                            cellStyle,
                            column.align === "end" && "text-end",
                            column.from && fromStyle[column.from],
                            at === 0 ? "font-medium" : "text-ink-soft",
                            column.labelHidden
                              ? classNames(cornerStyle, "@max-lg:end-1")
                              : !column.from &&
                                  "@max-lg:flex @max-lg:items-baseline @max-lg:justify-between @max-lg:gap-4",
                            at === 0 && (hasActions || selection) && "@max-lg:pe-20",
                          )}
                        >
                          {at > 0 && !column.labelHidden && (
                            <span
                              aria-hidden
                              className="hidden shrink-0 text-sm font-normal text-ink-faint @max-lg:inline"
                            >
                              {column.label}
                            </span>
                          )}
                          {at === 0 && href !== undefined ? (
                            <NextLink
                              href={href}
                              onClick={onRowClick && ((event) => onRowClick(event, row))}
                              data-row-link=""
                              className="block min-w-0 truncate -outline-offset-2! after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                            >
                              {column.cell(row)}
                            </NextLink>
                          ) : (
                            <span className="block min-w-0 truncate">{column.cell(row)}</span>
                          )}
                        </td>
                      ))}
                    </DataListRow>
                  );
                })}
          </tbody>
        </table>
      </div>
      {loading && (
        <p role="status" className="sr-only">
          {loadingText}
        </p>
      )}
      {footer && <div className="border-t border-line px-3 py-2">{footer}</div>}
    </div>
  );
}

// Where the list scrolls sideways it is its own scrollport: there the offset of the page would push the headings down.
const headStyle =
  "sticky top-(--sticky-top,0px) @max-[720px]:top-0 z-20 h-9 border-b border-line bg-canvas px-3 text-start text-xs font-medium whitespace-nowrap text-ink-soft";

// Borders belong to the cells of a table, and to the row where it is a card.
const rowStyle =
  "group/row relative scroll-mt-24 scroll-mb-20 transition-colors -outline-offset-2! @max-lg:block @max-lg:border-b @max-lg:border-line @max-lg:py-2 @max-lg:last:border-b-0";

// Centred on the first line of the card, whatever its own height.
const cornerStyle =
  "@max-lg:absolute @max-lg:top-5 @max-lg:z-10 @max-lg:-translate-y-1/2 @max-lg:px-0 @max-lg:py-0";

// What can be pressed or hovered lies above the link that covers the row.
const cellStyle =
  "h-row max-w-0 border-b border-line px-3 py-1 group-last/row:border-b-0 @max-lg:h-auto @max-lg:max-w-none @max-lg:border-b-0 @max-lg:py-0.5 [&_:is(a:not([data-row-link]),button,time,input,[data-above])]:relative [&_:is(a:not([data-row-link]),button,time,input,[data-above])]:z-10";

function HeadLabel<Row>({ column }: { column: DataListColumn<Row> }) {
  if (column.labelHidden) return <span className="sr-only">{column.label}</span>;
  if (!column.sort) return column.label;
  const { direction, href, onSort } = column.sort;
  const Arrow = direction === "ascending" ? ArrowUp : direction === "descending" ? ArrowDown : ChevronsUpDown;
  return (
    <NextLink
      href={href}
      scroll={false}
      onNavigate={
        onSort &&
        ((event) => {
          event.preventDefault();
          onSort();
        })
      }
      className={classNames(
        "-mx-1 inline-flex min-h-6 items-center gap-1 rounded-md px-1 transition-colors hover:text-ink",
        direction && "text-ink",
      )}
    >
      {column.label}
      <Arrow aria-hidden className={classNames("size-3.5", !direction && "opacity-50")} />
    </NextLink>
  );
}
