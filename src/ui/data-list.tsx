import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { type CSSProperties, memo, type MouseEvent, type ReactNode } from "react";

import { classNames } from "./class-names";
import { DataListRow } from "./data-list-row";
import { PageLink } from "./page-link";
import { RowCheckbox } from "./row-checkbox";
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
  /** Shown only where the list is wide (640 px), wider (880 px) or has a whole screen (1,120 px). */
  from?: "wide" | "wider" | "widest";
  /** For a column of buttons: its heading is read but not drawn. */
  labelHidden?: boolean;
  /**
   * Where its buttons stand on a phone's card: icons in the upper `corner` (the default), one with words `beside` the lines,
   * which leave it the column's `width`, several with words `below` them.
   */
  onCard?: "corner" | "beside" | "below";
  /** Width of the skeleton bar; two thirds of the column by default. */
  skeleton?: string;
}

/** Makes a heading a link; the current direction is said with it. `onSort` instead of going there, for plain clicks. */
export interface DataListSort {
  href: string;
  direction: "ascending" | "descending" | null;
  onSort?: () => void;
}

/** A checkbox in each row. Handlers that stay the same spare the rows that did not change. */
export interface DataListSelection<Row> {
  /** Of the whole page. */
  header: ReactNode;
  /** "Select Northwind Foods". */
  labelOf: (row: Row) => string;
  holds: (row: Row) => boolean;
  onToggle: (row: Row, isRange: boolean) => void;
}

export interface DataListProps<Row> {
  /** What the list holds, for screen readers. */
  label: string;
  /** The same array each time, where rows are many: they are drawn anew with it. */
  columns: readonly DataListColumn<Row>[];
  /** By the columns' keys. */
  sorts?: Record<string, DataListSort>;
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
  /** Comes before the first column. */
  selection?: DataListSelection<Row>;
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
  widest: "@max-[1120px]:hidden",
} as const;

/*
 * One table for all widths: where the list is narrower than 512 px each row is
 * laid out as a card. Explicit roles keep it a table for screen readers, since
 * browsers forget that when `display` changes. Works in server components.
 */
export function DataList<Row>({
  label,
  columns,
  sorts = {},
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
  const hasActions = columns.some(isInCorner);
  const beside = columns.find(({ onCard }) => onCard === "beside")?.width;
  return (
    <div
      className={classNames(
        "@container min-w-0",
        // In a card, what the rows say begins under the card's title.
        frame === "card" ? "[--edge:0.75rem]" : "[--edge:1rem]",
        // Clipped, not hidden: a hidden overflow would keep the headings from sticking to the page.
        frame === "card" && "overflow-clip rounded-lg border border-line bg-surface",
        stale && "opacity-60 transition-opacity delay-150",
        className,
      )}
    >
      <div
        className="@max-[720px]:overflow-x-auto"
        style={beside ? ({ "--beside": beside } as CSSProperties) : undefined}
      >
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
                  aria-sort={sorts[column.key] && (sorts[column.key]?.direction ?? "none")}
                  style={column.width ? { width: column.width } : undefined}
                  className={classNames(
                    headStyle,
                    at === 0 && "min-w-44",
                    column.align === "end" && "text-end",
                    column.from && fromStyle[column.from],
                  )}
                >
                  <HeadLabel column={column} sort={sorts[column.key]} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" className="@max-lg:block">
            {loading
              ? Array.from({ length: loadingRows }, (_, index) => (
                  <tr key={index} role="row" aria-hidden className="data-row">
                    {selection && (
                      <td role="cell" className={classNames("data-cell", "pe-0 @max-lg:hidden")}>
                        <Skeleton className="size-4" />
                      </td>
                    )}
                    {columns.map((column, at) => (
                      <td
                        key={column.key}
                        role="cell"
                        className={classNames(
                          "data-cell",
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
              : rows.map((row) => (
                  <ListRow
                    key={rowKey(row)}
                    id={rowKey(row)}
                    row={row}
                    columns={columns}
                    href={rowHref?.(row)}
                    current={isCurrent?.(row) ?? false}
                    onClick={onRowClick}
                    hasActions={hasActions}
                    hasBeside={beside !== undefined}
                    {...(selection && {
                      choice: selection.labelOf(row),
                      isChosen: selection.holds(row),
                      onToggle: selection.onToggle,
                    })}
                  />
                ))}
          </tbody>
        </table>
      </div>
      {loading && (
        <p role="status" className="sr-only">
          {loadingText}
        </p>
      )}
      {footer && <div className="border-t border-line px-(--edge) py-2 empty:hidden">{footer}</div>}
    </div>
  );
}

interface ListRowProps<Row> {
  id: string;
  row: Row;
  columns: readonly DataListColumn<Row>[];
  href: string | undefined;
  current: boolean;
  onClick: ((event: MouseEvent<HTMLAnchorElement>, row: Row) => void) | undefined;
  /** The last column holds buttons, in the corner of a card or beside its lines. */
  hasActions: boolean;
  hasBeside: boolean;
  /** What its checkbox is called; none where rows are not selected. */
  choice?: string;
  isChosen?: boolean;
  onToggle?: (row: Row, isRange: boolean) => void;
}

function DrawnRow<Row>({
  id,
  row,
  columns,
  href,
  current,
  onClick,
  hasActions,
  hasBeside,
  choice,
  isChosen = false,
  onToggle,
}: ListRowProps<Row>) {
  const isSelectable = choice !== undefined;
  return (
    <DataListRow
      id={id}
      opens={href !== undefined}
      current={current}
      className={classNames(
        "data-row",
        href !== undefined && "hover:bg-ink/3",
        current && "bg-accent/8 hover:bg-accent/10",
      )}
    >
      {isSelectable && (
        <td
          role="cell"
          className={classNames(
            "data-cell",
            cornerStyle,
            "w-10 pe-0 @max-lg:w-auto",
            // Beside buttons it stands in the middle of theirs; alone, of the line it would cover otherwise.
            hasActions ? "@max-lg:end-12" : "@max-lg:end-3 pointer-coarse:@max-lg:top-5",
          )}
        >
          <span className="flex">
            <RowCheckbox label={choice} checked={isChosen} onToggle={(isRange) => onToggle?.(row, isRange)} />
          </span>
        </td>
      )}
      <Cells
        row={row}
        columns={columns}
        href={href}
        onClick={onClick}
        hasActions={hasActions}
        hasBeside={hasBeside}
        isSelectable={isSelectable}
      />
    </DataListRow>
  );
}

type CellsProps<Row> = Omit<ListRowProps<Row>, "id" | "current" | "choice" | "isChosen" | "onToggle"> & {
  isSelectable: boolean;
};

function DrawnCells<Row>({
  row,
  columns,
  href,
  onClick,
  hasActions,
  hasBeside,
  isSelectable,
}: CellsProps<Row>): ReactNode {
  return columns.map((column, at) => (
    <td
      key={column.key}
      role="cell"
      className={classNames(
        "data-cell",
        column.align === "end" && "text-end",
        column.from && fromStyle[column.from],
        at === 0 ? "font-medium" : "text-ink-soft",
        column.labelHidden
          ? buttonStyle[column.onCard ?? "corner"]
          : classNames(
              !column.from && "@max-lg:flex @max-lg:items-baseline @max-lg:justify-between @max-lg:gap-4",
              hasBeside && "@max-lg:pe-(--beside)",
            ),
        at === 0 && (hasActions || isSelectable) && "@max-lg:pe-20",
      )}
    >
      {at > 0 && !column.labelHidden && (
        <span aria-hidden className="hidden shrink-0 text-sm font-normal text-ink-faint @max-lg:inline">
          {column.label}
        </span>
      )}
      {at === 0 && href !== undefined ? (
        <PageLink
          href={href}
          // A press opens it beside the list.
          prefetch={onClick && false}
          onClick={onClick && ((event) => onClick(event, row))}
          data-row-link=""
          className="data-row-link"
        >
          {column.cell(row)}
        </PageLink>
      ) : (
        <span className={classNames("block min-w-0", !column.labelHidden && cutStyle)}>
          {column.cell(row)}
        </span>
      )}
    </td>
  ));
}

/** Selecting a row, or opening it beside the list, says nothing new of what it holds. */
const Cells = memo(DrawnCells) as typeof DrawnCells;

/** Drawn anew only when something of it changed: most of what happens to a list concerns no row, or one. */
const ListRow = memo(DrawnRow) as typeof DrawnRow;

// Where the list scrolls sideways it is its own scrollport: there the offset of the page would push the headings down.
const headStyle =
  "sticky top-(--sticky-top,0px) @max-[720px]:top-0 z-20 h-9 border-b border-line bg-canvas px-3 @lg:first:ps-(--edge) @lg:last:pe-(--edge) text-start text-xs font-medium whitespace-nowrap text-ink-soft";

// Centred on the first line of the card, whatever its own height.
const cornerStyle =
  "@max-lg:absolute @max-lg:top-5 pointer-coarse:@max-lg:top-7 @max-lg:z-10 @max-lg:-translate-y-1/2 @max-lg:px-0 @max-lg:py-0";

const isInCorner = ({ labelHidden, onCard = "corner" }: { labelHidden?: boolean; onCard?: string }) =>
  labelHidden === true && onCard === "corner";

const buttonStyle = {
  corner: classNames(cornerStyle, "@max-lg:end-1"),
  beside: "@max-lg:absolute @max-lg:inset-y-0 @max-lg:end-0 @max-lg:flex @max-lg:items-center",
  below: "@max-lg:flex @max-lg:justify-end @max-lg:pt-1.5 @max-lg:pb-1",
} as const;

// As `truncate`, but the focus ring of a link or a button inside is not cut off with the text.
const cutStyle = "overflow-clip [overflow-clip-margin:4px] [text-overflow:ellipsis] whitespace-nowrap";

function HeadLabel<Row>({ column, sort }: { column: DataListColumn<Row>; sort: DataListSort | undefined }) {
  if (column.labelHidden) return <span className="sr-only">{column.label}</span>;
  if (!sort) return column.label;
  const { direction, href, onSort } = sort;
  const Arrow = direction === "ascending" ? ArrowUp : direction === "descending" ? ArrowDown : ChevronsUpDown;
  return (
    <PageLink
      href={href}
      scroll={false}
      prefetch={onSort && false}
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
    </PageLink>
  );
}
