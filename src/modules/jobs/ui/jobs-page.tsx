"use client";
import { FileUp } from "lucide-react";
import NextLink from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { FilterBar } from "~/ui/filter-bar";
import { NoResults } from "~/ui/no-results";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { RelativeTime } from "~/ui/relative-time";
import { JOB_STATUSES, type JobListItem, type JobStatus, type ListJobsInput } from "../schema";
import { JobBar, percentWords, shareOf } from "./job-bar";
import { durationWords, JobState, STATUS_WORDS, words } from "./job-words";
import { useJobStream } from "./use-job-stream";

/** `input` comes from the address, where filters and pages are kept. */
export function JobsPage({ input }: { input: ListJobsInput }) {
  useJobStream();
  const { currentOrganization, user } = useTenancy();
  const { slug, timeZone } = currentOrganization;
  const readsAll = useMay("job.readAll");
  const [page] = api.jobs.list.useSuspenseQuery(input);
  const [taskTypes] = api.jobs.taskTypes.useSuspenseQuery();
  const { goTo, hrefOf, isPending } = useFilters(input);
  const { status, taskType, whose, cursor } = input;
  const isFiltered = Boolean(status) || Boolean(taskType);
  const clear = () => goTo({ status: null, taskType: null });
  const showsAll = whose === "all";

  const columns: DataListColumn<JobListItem>[] = [
    { key: "work", label: "Work", cell: ({ taskType }) => words(taskType) },
    { key: "status", label: "Status", width: "9rem", cell: ({ status }) => <JobState status={status} /> },
    { key: "progress", label: "Progress", width: "26%", cell: (job) => <Place job={job} /> },
    ...(showsAll
      ? [
          {
            key: "by",
            label: "Started by",
            width: "9rem",
            from: "wide" as const,
            cell: ({ startedBy }: JobListItem) =>
              startedBy.userId === user.id ? "Me" : (startedBy.name ?? "A former member"),
          },
        ]
      : []),
    { key: "took", label: "Took", width: "7rem", from: "wider", cell: took },
    {
      key: "created",
      label: "Started",
      width: "9rem",
      from: "wide",
      cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
    },
  ];

  return (
    <>
      <PageHeader
        title="Jobs"
        description="Work that goes on by itself: how far it is, how it ended, and why. It survives a closed browser."
      />
      {(page.items.length > 0 || isFiltered || readsAll || cursor) && (
        <FilterBar
          label="Filter jobs"
          selects={[
            ...(readsAll
              ? [
                  {
                    key: "whose",
                    label: "Whose",
                    value: showsAll ? "all" : null,
                    onChange: (value: string | null) => goTo({ whose: value === "all" ? "all" : "mine" }),
                    anyLabel: "My jobs",
                    options: [{ value: "all", label: "Everybody’s jobs" }],
                  },
                ]
              : []),
            {
              key: "status",
              label: "Status",
              value: status ?? null,
              onChange: (value) => goTo({ status: value as JobStatus | null }),
              anyLabel: "Any status",
              options: JOB_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] })),
            },
            {
              key: "task",
              label: "Kind of work",
              value: taskType ?? null,
              onChange: (value) => goTo({ taskType: value }),
              anyLabel: "Any work",
              options: taskTypes.map((value) => ({ value, label: words(value) })),
            },
          ]}
          {...(isFiltered && { onClear: clear })}
        />
      )}
      {page.items.length > 0 || cursor ? (
        <DataList
          className={isPending ? "opacity-60 transition-opacity" : undefined}
          label="Jobs"
          columns={columns}
          rows={page.items}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/o/${slug}/jobs/${id}`}
          footer={
            (cursor || page.nextCursor) && (
              <Pagination
                label="Pages of jobs"
                previousHref={cursor ? hrefOf({ cursor: null }) : null}
                previousLabel="First page"
                nextHref={page.nextCursor && hrefOf({ cursor: page.nextCursor })}
                nextLabel="Older"
                summary="Newest first"
              />
            )
          }
        />
      ) : isFiltered ? (
        <NoResults
          title="No job matches"
          filters={[
            ...(status ? [`Status: ${STATUS_WORDS[status]}`] : []),
            ...(taskType ? [`Work: ${words(taskType)}`] : []),
          ]}
          clear={<Button onClick={clear}>{showsAll ? "Show everybody’s jobs" : "Show all my jobs"}</Button>}
        />
      ) : (
        <Empty showsAll={showsAll} />
      )}
    </>
  );
}

function Place({ job }: { job: JobListItem }) {
  if (job.cause) return <span title={job.cause.message}>{job.cause.message}</span>;
  if (job.status !== "RUNNING") return job.progress.note ?? "";
  return (
    <span className="flex items-center gap-2">
      <JobBar job={job} label={`${words(job.taskType)}: how far it is`} className="max-w-32 min-w-16" />
      <span className="shrink-0 font-mono text-xs tabular-nums">{percentWords(shareOf(job))}</span>
    </span>
  );
}

const took = ({ startedAt, finishedAt }: JobListItem) =>
  startedAt && finishedAt ? durationWords(startedAt.getTime(), finishedAt.getTime()) : "";

function Empty({ showsAll }: { showsAll: boolean }) {
  const { slug } = useTenancy().currentOrganization;
  const mayImport = useMay("import.create");
  return (
    <EmptyState
      title={showsAll ? "No jobs yet" : "You have not started a job yet"}
      description="Imports and other long work run here, step by step. You can leave the page, cancel a job, or run it again."
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
      action={
        mayImport && (
          <Button variant="primary" asChild>
            <NextLink href={`/o/${slug}/imports/new`}>Import a file</NextLink>
          </Button>
        )
      }
    />
  );
}

type Change = Partial<Pick<ListJobsInput, "whose" | "status" | "taskType" | "cursor">>;

/** The address is the state: filters change it, a reload or a shared link restores it. */
function useFilters(input: ListJobsInput) {
  const router = useRouter();
  const path = usePathname();
  const [isPending, start] = useTransition();
  /** Any other filter begins at the first page. */
  const hrefOf = (change: Change): string => {
    const { whose, status, taskType, cursor } = { ...input, cursor: null, ...change };
    const query = new URLSearchParams();
    if (whose === "all") query.set("whose", "all");
    if (status) query.set("status", status);
    if (taskType) query.set("work", taskType);
    if (cursor) query.set("after", cursor);
    return query.size > 0 ? `${path}?${query}` : path;
  };
  const goTo = (change: Change) => start(() => router.replace(hrefOf(change), { scroll: false }));
  return { hrefOf, goTo, isPending };
}
