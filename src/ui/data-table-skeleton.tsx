import { DataList } from "./data-list";
import { PageHeader } from "./page-header";
import { Skeleton } from "./skeleton";
import { type DataTableColumn, shownColumns } from "./table-columns";

export interface DataTableSkeletonProps<Row> {
  /** "Companies": said as "Loading companies". */
  label: string;
  columns: readonly DataTableColumn<Row>[];
  /** Selects beside the search. */
  filters?: number;
  search?: boolean;
  /** What the page says above its list; left out where a layout has drawn it already. */
  header?: { title: string; description: string };
  rows?: number;
}

/** A page with a `DataTable` while it comes: its heading, its toolbar and its columns, in their places. */
export function DataTableSkeleton<Row>({
  label,
  columns,
  filters = 0,
  search = true,
  header,
  rows = 12,
}: DataTableSkeletonProps<Row>) {
  const shown = shownColumns(columns, null);
  return (
    <>
      {header && <PageHeader {...header} />}
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {search && <Skeleton className="h-control w-full sm:w-64" />}
        {Array.from({ length: filters }, (_, at) => (
          <Skeleton key={at} className="h-control w-32" />
        ))}
        <Skeleton className="ms-auto h-control w-control" />
      </div>
      <DataList
        label={label}
        loadingText={`Loading ${label.toLowerCase()}`}
        columns={columns
          .filter(({ key }) => shown.includes(key))
          .map(({ sort: _sort, hidden: _hidden, ...column }) => column)}
        rows={[]}
        rowKey={String}
        loadingRows={rows}
      />
    </>
  );
}
