/** Pure decisions about saved views. */
import type { ViewState } from "./schema";

/** Views a person keeps of one list, and an organization shares of it. */
export const MOST_VIEWS = 50;

/** The address that shows a view. `view` names it, so that the page can say which one is open. */
export function addressOf({ id, state }: { id: string; state: ViewState }): string {
  const { search, sort, filters, columns } = state;
  const query = new URLSearchParams();
  if (search) query.set("search", search);
  if (sort) query.set("sort", sort);
  for (const [name, value] of Object.entries(filters)) query.set(name, value);
  if (columns) query.set("cols", columns.join(","));
  query.set("view", id);
  return `?${query}`;
}

/** One way to write a state down, to compare two. */
const canonical = ({ search, sort, filters, columns }: ViewState): string =>
  JSON.stringify([search, sort, Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)), columns]);

/** Whether a list shows what the view says: what it does not know any more does not count. */
export const isSame = (a: ViewState, b: ViewState): boolean => canonical(a) === canonical(b);

/** A view as the list of today can show it, and the names that it does not know any more. */
export function fitting(
  state: ViewState,
  known: { columns: readonly string[]; filters: readonly string[] },
): { state: ViewState; gone: string[] } {
  const filters = Object.entries(state.filters);
  const columns = state.columns?.filter((key) => known.columns.includes(key)) ?? null;
  const sortedBy = state.sort?.replace(/^-/, "");
  const isSortGone = sortedBy !== undefined && !known.columns.includes(sortedBy);
  return {
    state: {
      search: state.search,
      sort: isSortGone ? null : state.sort,
      filters: Object.fromEntries(filters.filter(([name]) => known.filters.includes(name))),
      columns,
    },
    gone: [
      ...(state.columns ?? []).filter((key) => !known.columns.includes(key)),
      ...(isSortGone ? [sortedBy] : []),
      ...filters.map(([name]) => name).filter((name) => !known.filters.includes(name)),
    ],
  };
}
