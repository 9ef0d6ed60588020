"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { Link } from "~/ui/link";
import { Skeleton } from "~/ui/skeleton";
import { spacedName } from "~/ui/spaced-name";
import type { JobView } from "../schema";
import { CancelJob } from "./job-actions";
import { JobBar, percentWords, shareOf } from "./job-bar";
import { JobState } from "./job-words";
import { useJobStream } from "./use-job-stream";

/** A card that follows one job, live: how far it is, why it failed, the way to its page. */
export function JobProgress({ jobId }: { jobId: string }) {
  useJobStream();
  const { data: job, error, refetch } = api.jobs.get.useQuery({ id: jobId });
  if (job) return <Following job={job} />;
  if (!error) return <Waiting />;
  const refusal = refusalOf(error);
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3 p-4 text-base text-ink-soft">
      {refusal.code === "kernel.not_found" ? (
        <p>A colleague’s job does this work. Whoever started it, and admins, see how far it is.</p>
      ) : (
        <>
          <p role="alert">{refusal.message}</p>
          <Button size="small" onClick={() => void refetch()}>
            Try again
          </Button>
        </>
      )}
    </Card>
  );
}

function Following({ job }: { job: JobView }) {
  const { slug } = useTenancy().currentOrganization;
  const name = spacedName(job.taskType);
  return (
    <Card aria-label={`${name}: progress`} className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex items-center gap-3">
          <h2 className="text-base font-medium text-ink">{name}</h2>
          <span className="text-sm text-ink-soft" role="status">
            <JobState status={job.status} />
          </span>
        </div>
        <CancelJob job={job} size="small" />
      </div>
      <JobBar job={job} label={`${name}: how far it is`} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm text-ink-soft">
        <p>
          {job.cause ? (
            <span className="text-negative">{job.cause.message}</span>
          ) : (
            (job.progress.note ?? WAITING_WORDS[job.status] ?? percentWords(shareOf(job)))
          )}
        </p>
        <Link href={`/o/${slug}/jobs/${job.id}`} look="quiet">
          Job details
        </Link>
      </div>
    </Card>
  );
}

const WAITING_WORDS: Partial<Record<JobView["status"], string>> = {
  PENDING: "It begins as soon as there is room. You may close this page.",
  SCHEDULED: "It begins at its time. You may close this page.",
};

const Waiting = () => (
  <Card className="flex flex-col gap-3 p-4">
    <span role="status" className="sr-only">
      Loading the job
    </span>
    <Skeleton className="h-5 w-40" />
    <Skeleton className="h-1.5 w-full" />
    <Skeleton className="h-4 w-56" />
  </Card>
);
