"use client";
import type { ReactNode } from "react";
import { failureOf } from "~/trpc/client";
import { DataTable, type DataTableProps } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";

type Question<Row> = {
  data: { items: Row[]; nextCursor: string | null } | undefined;
  isPlaceholderData: boolean;
  error: unknown;
  refetch: () => Promise<unknown>;
};
type Props<Row extends { id: string }> = Omit<
  DataTableProps<Row>,
  "page" | "isStale" | "failure" | "rowKey" | "empty"
> & {
  heading: { title: string; description: string };
  page: Question<Row>;
  /** What stands here where nothing is filtered and nothing is there. */
  empty: {
    title: string;
    description: string;
    sample?: { icon: ReactNode; title: string; detail: string; state: string };
  };
};

/** A list of the console: title, what it is for, and the rows that its question was answered with, or why it was not. */
export const ConsoleList = <Row extends { id: string }>({
  heading,
  page,
  empty: { sample, ...empty },
  ...table
}: Props<Row>) => (
  <>
    <PageHeader {...heading} />
    <DataTable<Row>
      {...table}
      page={page.data}
      isStale={page.isPlaceholderData}
      failure={failureOf(page)}
      rowKey={({ id }) => id}
      empty={<EmptyState {...empty} {...(sample && { sample: <SampleRows rows={[sample]} /> })} />}
    />
  </>
);
