/** How a list of any slice becomes a file: the slice says what it has, `modules/exports` writes it down. */
import { stringify } from "csv-stringify/sync";
import type { z } from "zod";
import type { Permission } from "~/kernel/roles";
import type { TenantReadScope } from "~/server/db/with-tenant";

export type Cell = string | number | Date | null | undefined;

export type ListExport = {
  /** Name of the list: "companies". Also the beginning of the file's name. */
  list: string;
  /** Asked of the person besides `export.create`. */
  permission: Permission;
  headings: readonly string[];
  /** What the address of the list asks for, checked; null when it is none of the list's. */
  read(asked: Record<string, string>): unknown;
  /** One page in the list's order. @throws what the list refuses. */
  page(
    scope: TenantReadScope,
    input: unknown,
    at: { cursor: string | null; limit: number },
  ): Promise<{ rows: Cell[][]; records: object[]; nextCursor: string | null }>;
  /** Rows there are now, for the progress. */
  count?(scope: TenantReadScope, input: unknown): Promise<number>;
};

type Asked<Schema extends z.ZodType, Row> = {
  list: string;
  permission: Permission;
  /** The list's own input; `cursor` and `limit` are added page by page. */
  input: Schema;
  page: (
    scope: TenantReadScope,
    input: z.output<Schema>,
  ) => Promise<{ items: Row[]; nextCursor: string | null }>;
  count?: (scope: TenantReadScope, input: z.output<Schema>) => Promise<number>;
  columns: readonly { label: string; cell: (row: Row) => Cell }[];
  /** A row as a line of JSON; its cells by their headings when left out. */
  record?: (row: Row) => object;
};

/** All that a slice writes to make one of its lists a file. The same page function as on screen, so the same rows. */
export const defineListExport = <Schema extends z.ZodType<object>, Row>({
  input,
  columns,
  page,
  count,
  record = (row) => Object.fromEntries(columns.map(({ label, cell }) => [label, cell(row) ?? null])),
  ...rest
}: Asked<Schema, Row>): ListExport => ({
  ...rest,
  headings: columns.map(({ label }) => label),
  read: (asked) => input.safeParse(asked).data ?? null,
  page: async (scope, asked, at) => {
    // `asked` is what `read` answered: kept as JSON between the two, so it is read once more.
    const { items, nextCursor } = await page(scope, { ...input.parse(asked), ...at });
    return {
      rows: items.map((row) => columns.map(({ cell }) => cell(row))),
      records: items.map(record),
      nextCursor,
    };
  },
  ...(count && { count: (scope: TenantReadScope, asked: unknown) => count(scope, input.parse(asked)) }),
});

/**
 * Rows as text: comma, CR LF, instants as ISO 8601 in UTC. A cell that a spreadsheet would run as a formula (it begins
 * with = + - @, tab or CR) gets a ' in front; numbers are numbers.
 */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString() : cell))),
    // A lone LF within a cell is no end of a record here, and would be left without quotes.
    { escape_formulas: true, record_delimiter: "windows", quoted_match: /[\r\n]/ },
  );

/** One object a line, instants as ISO 8601 in UTC. */
export const jsonLines = (records: readonly object[]): string =>
  records.map((one) => `${JSON.stringify(one)}\n`).join("");

/** So that spreadsheets take the file as UTF-8. */
export const BYTE_ORDER_MARK = "\ufeff";
