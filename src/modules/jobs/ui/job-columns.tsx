import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import { spacedName } from "~/ui/spaced-name";
import type { JobListItem } from "../schema";
import { JobBar, percentWords, shareOf } from "./job-bar";
import { durationWords, JobState } from "./job-words";

type Context = {
  userId: string;
  timeZone: string;
  /** Colleagues' jobs are in the list too. */
  showsAll: boolean;
};

export const jobColumns = ({ userId, timeZone, showsAll }: Context): DataTableColumn<JobListItem>[] => [
  { key: "work", label: "Work", cell: ({ taskType }) => spacedName(taskType) },
  { key: "status", label: "Status", width: "9rem", cell: ({ status }) => <JobState status={status} /> },
  { key: "progress", label: "Progress", width: "26%", cell: (job) => <Place job={job} /> },
  {
    key: "by",
    label: "Started by",
    width: "9rem",
    from: "wide",
    hidden: !showsAll,
    cell: ({ startedBy }) => (startedBy.userId === userId ? "Me" : (startedBy.name ?? "A former member")),
  },
  {
    key: "attempts",
    label: "Attempts",
    width: "6rem",
    align: "end",
    hidden: true,
    cell: ({ attempts }) => attempts,
  },
  { key: "took", label: "Took", width: "7rem", from: "wider", cell: took },
  {
    key: "created",
    label: "Started",
    width: "9rem",
    from: "wide",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
  },
];

function Place({ job }: { job: JobListItem }) {
  if (job.cause) return <span title={job.cause.message}>{job.cause.message}</span>;
  if (job.status !== "RUNNING") return job.progress.note ?? "";
  return (
    <span className="flex items-center gap-2">
      <JobBar job={job} label={`${spacedName(job.taskType)}: how far it is`} className="max-w-32 min-w-16" />
      <span className="shrink-0 font-mono text-xs tabular-nums">{percentWords(shareOf(job))}</span>
    </span>
  );
}

const took = ({ startedAt, finishedAt }: JobListItem) =>
  startedAt && finishedAt ? durationWords(startedAt.getTime(), finishedAt.getTime()) : "";
