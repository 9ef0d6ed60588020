"use client";
/** What the lists of companies and contacts share: filters, order, pages, and the states without rows. */
import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { FilterBar } from "~/ui/filter-bar";
import { NoResults } from "~/ui/no-results";
import { Pagination } from "~/ui/pagination";
import type { CompanyListInput } from "../schema";
import { useListAddress } from "./list-address";

type Props<Row> = {
  /** "companies", as sentences say it. */
  nouns: { one: string; many: string };
  searchHint: string;
  input: CompanyListInput;
  page: { items: Row[]; nextCursor: string | null };
  count: number;
  columns: (sortBy: (sort: "name" | "recent") => DataListColumn<Row>["sort"]) => DataListColumn<Row>[];
  rowHref: (row: Row) => string;
  /** Shown where there is nothing at all. */
  empty: ReactNode;
};

export function RecordList<Row extends { id: string }>(props: Props<Row>) {
  const { nouns, searchHint, input, page, count, columns, rowHref, empty } = props;
  const { hrefOf, goTo, isPending } = useListAddress(input);
  const isFiltered = input.search !== "" || input.owner === "mine";
  const clear = () => goTo({ search: "", owner: "all" });
  if (page.items.length === 0 && !isFiltered && !input.cursor) return empty;
  const sortBy = (sort: "name" | "recent"): DataListColumn<Row>["sort"] => ({
    href: hrefOf({ sort }),
    direction: input.sort === sort ? (sort === "name" ? "ascending" : "descending") : null,
  });
  const filters = [
    ...(input.search ? [`“${input.search}”`] : []),
    ...(input.owner === "mine" ? ["Owner: me"] : []),
  ];
  return (
    <>
      <FilterBar
        label={`Filter ${nouns.many}`}
        search={{
          value: input.search,
          onChange: (search) => goTo({ search }),
          label: `Search ${nouns.many}`,
          placeholder: searchHint,
        }}
        selects={[
          {
            key: "owner",
            label: "Owner",
            value: input.owner === "mine" ? "mine" : null,
            onChange: (owner) => goTo({ owner: owner === "mine" ? "mine" : "all" }),
            anyLabel: `All ${nouns.many}`,
            options: [{ value: "mine", label: `My ${nouns.many}` }],
          },
        ]}
        onClear={clear}
      />
      {page.items.length === 0 ? (
        <NoResults
          title={`No ${nouns.one} matches`}
          filters={filters}
          clear={<Button onClick={clear}>Show all {nouns.many}</Button>}
        />
      ) : (
        <DataList
          className={isPending ? "opacity-60 transition-opacity" : undefined}
          label={nouns.many}
          columns={columns(sortBy)}
          rows={page.items}
          rowKey={({ id }) => id}
          rowHref={rowHref}
          footer={
            <Pagination
              label={`Pages of ${nouns.many}`}
              previousHref={input.cursor ? hrefOf({}) : null}
              previousLabel="First page"
              nextHref={page.nextCursor && hrefOf({ cursor: page.nextCursor })}
              summary={`${count.toLocaleString("en")} ${count === 1 ? nouns.one : nouns.many}`}
            />
          }
        />
      )}
    </>
  );
}
