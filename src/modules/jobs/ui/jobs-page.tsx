"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { listInput } from "~/kernel/paging";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { ViewMenu } from "~/modules/views/ui";
import { api, failureOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataTable, type DataTableFilter } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { spacedName } from "~/ui/spaced-name";
import { useTableAddress } from "~/ui/table-address";
import { JOB_STATUSES } from "../rules";
import { ListJobsInput, type JobListItem } from "../schema";
import { jobColumns } from "./job-columns";
import { JOBS } from "./list-heading";
import { STATUS_WORDS } from "./job-words";
import { useJobStream } from "./use-job-stream";

const NOUNS = { one: "job", many: "jobs" };
const MY_FILTERS = ["status", "taskType"];
const ALL_FILTERS = ["whose", ...MY_FILTERS];

/** Filters, columns and page are kept in the address. `tools` stand at the end of the toolbar. */
export function JobsPage({ tools }: { tools?: ReactNode }) {
  useJobStream();
  const { currentOrganization, user } = useTenancy();
  const { slug, timeZone } = currentOrganization;
  const readsAll = useMay("job.readAll");
  // Whoever may not see colleagues' jobs is not asked whose; an address from somebody who may shows one's own.
  const address = useTableAddress(readsAll ? ALL_FILTERS : MY_FILTERS);
  const input = listInput(ListJobsInput, address.asked);
  const page = api.jobs.list.useQuery(input, { placeholderData: keepPreviousData });
  const { data: taskTypes = [] } = api.jobs.taskTypes.useQuery();
  const showsAll = input.whose === "all";
  const columns = useMemo(
    () => jobColumns({ userId: user.id, timeZone, showsAll }),
    [user.id, timeZone, showsAll],
  );
  const filters: DataTableFilter[] = [
    ...(readsAll
      ? [
          {
            key: "whose",
            label: "Whose",
            anyLabel: "My jobs",
            options: [{ value: "all", label: "Everybody’s jobs" }],
          },
        ]
      : []),
    {
      key: "status",
      label: "Status",
      anyLabel: "Any status",
      options: JOB_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] })),
    },
    {
      key: "taskType",
      label: "Kind of work",
      anyLabel: "Any work",
      options: taskTypes.map((value) => ({ value, label: spacedName(value) })),
    },
  ];
  return (
    <>
      <PageHeader {...JOBS} />
      <DataTable<JobListItem>
        nouns={NOUNS}
        columns={columns}
        address={address}
        page={page.data}
        isStale={page.isPlaceholderData}
        failure={failureOf(page)}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/o/${slug}/jobs/${id}`}
        filters={filters}
        tools={
          <>
            <ViewMenu list="jobs" noun="jobs" columns={columns.map(({ key }) => key)} address={address} />
            {tools}
          </>
        }
        empty={
          <Empty
            showsAll={showsAll}
            showAll={readsAll && !showsAll ? () => address.change({ filters: { whose: "all" } }) : null}
          />
        }
      />
    </>
  );
}

/** `showAll` for whoever may see colleagues' jobs and has none of their own. */
function Empty({ showsAll, showAll }: { showsAll: boolean; showAll: (() => void) | null }) {
  const { slug } = useTenancy().currentOrganization;
  const mayImport = useMay("import.create");
  const mayStart = useMay("job.write");
  return (
    <EmptyState
      title={showsAll ? "No jobs yet" : mayStart ? "You have not started a job yet" : "You have no jobs here"}
      description={
        mayStart
          ? "Imports and other long work run here, step by step. You can leave the page, cancel a job, or run it again."
          : "Imports and other long work of members run here, step by step. Your role starts none; an admin can change that."
      }
      sample={
        <SampleRows
          rows={[
            {
              icon: <FileUp aria-hidden />,
              title: "Import of companies",
              detail: "12,400 rows read",
              state: "Running",
            },
            {
              icon: <FileUp aria-hidden />,
              title: "Import of contacts",
              detail: "850 rows read",
              state: "Completed",
            },
            {
              icon: <FileUp aria-hidden />,
              title: "Import",
              detail: "The file has changed",
              state: "Failed",
            },
          ]}
        />
      }
      {...(showAll && { secondary: <Button onClick={showAll}>Show everybody’s jobs</Button> })}
      action={
        mayImport && (
          <Button variant="primary" asChild>
            <PageLink href={`/o/${slug}/imports/new`}>Import a file</PageLink>
          </Button>
        )
      }
    />
  );
}
