"use client";
import { Check, LoaderCircle, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { FormattedNumber } from "~/ui/number";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { spacedName } from "~/ui/spaced-name";
import { Timeline } from "~/ui/timeline";
import type { Tone } from "~/ui/tone";
import { MAX_ATTEMPTS } from "../rules";
import type { JobResult, JobStepView, JobView } from "../schema";
import { CancelJob, RunJobAgain } from "./job-actions";
import { JobBar, percentWords, shareOf } from "./job-bar";
import { durationWords, JobState } from "./job-words";
import { useJobStream } from "./use-job-stream";

/** One job, live. `job` is as the server rendered it; `outcome` is what the work made, drawn by whoever knows it. */
export function JobDetailPage({ job: given, outcome }: { job: JobView; outcome?: ReactNode }) {
  useJobStream();
  const { data: job } = api.jobs.get.useQuery({ id: given.id }, { initialData: given });
  const name = spacedName(job.taskType);
  return (
    <>
      <PageHeader
        title={name}
        meta={
          <span role="status" className="text-base text-ink-soft">
            <JobState status={job.status} />
          </span>
        }
        description={<StartedBy job={job} />}
        actions={
          <>
            <CancelJob job={job} />
            <RunJobAgain job={job} />
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {job.cause && (
          <Banner tone="negative" title="Why it failed">
            {job.cause.message}
          </Banner>
        )}
        <Rerun job={job} />
        {outcome}
        <Card aria-label="Progress" className="flex flex-col gap-2 p-4">
          <JobBar job={job} label={`${name}: how far it is`} />
          <p className="flex flex-wrap justify-between gap-x-4 text-sm text-ink-soft">
            <span>{job.progress.note ?? (job.status === "PENDING" ? "Waiting for its turn" : "")}</span>
            <span className="font-mono tabular-nums">{percentWords(shareOf(job))}</span>
          </p>
        </Card>
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
          <Steps job={job} />
          <Facts job={job} />
        </div>
      </div>
    </>
  );
}

function StartedBy({ job }: { job: JobView }) {
  const { currentOrganization, user } = useTenancy();
  const { userId, name } = job.startedBy;
  return (
    <>
      Started by {userId === user.id ? "you" : (name ?? "a former member")}{" "}
      <RelativeTime at={job.createdAt} timeZone={currentOrganization.timeZone} />
    </>
  );
}

function Rerun({ job }: { job: JobView }) {
  const { slug } = useTenancy().currentOrganization;
  if (!job.rerunOfId && !job.rerunAsId) return null;
  return (
    <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
      {job.rerunOfId && (
        <span>
          Runs <Link href={`/o/${slug}/jobs/${job.rerunOfId}`}>an earlier job</Link> again.
        </span>
      )}
      {job.rerunAsId && (
        <span>
          Was run again as <Link href={`/o/${slug}/jobs/${job.rerunAsId}`}>a newer job</Link>.
        </span>
      )}
    </p>
  );
}

function Facts({ job }: { job: JobView }) {
  const { timeZone } = useTenancy().currentOrganization;
  const { startedAt, finishedAt, scheduledFor, cancelledBy } = job;
  const time = (at: Date) => <RelativeTime at={at} timeZone={timeZone} />;
  return (
    <Card aria-label="Details">
      <CardHeader title="Details" />
      <CardBody className="py-1">
        <DescriptionList
          layout="stacked"
          items={[
            ...(scheduledFor ? [{ term: "Due", value: time(scheduledFor) }] : []),
            ...(startedAt ? [{ term: "Began", value: time(startedAt) }] : []),
            ...(finishedAt ? [{ term: "Ended", value: time(finishedAt) }] : []),
            ...(startedAt && finishedAt
              ? [{ term: "Took", value: durationWords(startedAt.getTime(), finishedAt.getTime()) }]
              : []),
            ...(cancelledBy ? [{ term: "Cancelled by", value: cancelledBy.name ?? "A former member" }] : []),
            { term: "Attempts", value: `${job.attempts} of ${MAX_ATTEMPTS}` },
            ...(job.result ? resultItems(job.result) : []),
            { term: "Queue", value: <code className="font-mono text-sm">{job.queue}</code> },
            {
              term: "Reference",
              value: <CopyId value={job.correlationId} label="Copy the reference" ends={6} />,
            },
            { term: "Job id", value: <CopyId value={job.id} label="Copy the job’s id" ends={6} /> },
          ]}
        />
      </CardBody>
    </Card>
  );
}

const resultItems = (result: JobResult) =>
  Object.entries(result)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({
      key: `result-${name}`,
      // "refusedCount" reads as "Refused count".
      term: spacedName(name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase()),
      value:
        typeof value === "number" ? (
          <FormattedNumber value={value} />
        ) : typeof value === "boolean" ? (
          value ? (
            "Yes"
          ) : (
            "No"
          )
        ) : (
          value
        ),
    }));

const SHOWN_AT_FIRST = 12;

/** What happened, newest first: each try of each step. */
function Steps({ job }: { job: JobView }) {
  const { timeZone } = useTenancy().currentOrganization;
  const [showsAll, setShowsAll] = useState(false);
  const steps = job.steps.toReversed();
  const shown = showsAll ? steps : steps.slice(0, SHOWN_AT_FIRST);
  return (
    <Card aria-label="What happened">
      <CardHeader title="What happened" description="Each try of each step, the newest first." />
      <CardBody>
        {steps.length === 0 ? (
          <p className="text-base text-ink-soft">
            {job.startedAt ? "No step has begun yet." : "It has not begun yet."}
          </p>
        ) : (
          <Timeline
            items={shown.map((step) => ({
              key: step.id,
              title: titleOf(step),
              time: <RelativeTime at={step.startedAt} timeZone={timeZone} />,
              detail: step.error ?? tookOf(step),
              ...LOOK[step.status],
            }))}
          />
        )}
        {!showsAll && steps.length > SHOWN_AT_FIRST && (
          <Button className="mt-4" size="small" onClick={() => setShowsAll(true)}>
            Show {steps.length - SHOWN_AT_FIRST} more
          </Button>
        )}
        {showsAll && job.stepCount > steps.length && (
          <p className="mt-4 text-sm text-ink-faint">
            The latest {steps.length} of {job.stepCount} are shown.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

const LOOK: Record<JobStepView["status"], { tone: Tone; icon: React.ReactNode }> = {
  RUNNING: { tone: "accent", icon: <LoaderCircle aria-hidden className="motion-safe:animate-spin" /> },
  COMPLETED: { tone: "positive", icon: <Check aria-hidden /> },
  FAILED: { tone: "negative", icon: <X aria-hidden /> },
};

/** "Read rows, 17th": a step whose name was used before carries its number. */
function titleOf(step: JobStepView) {
  const [name = step.name, number] = step.name.split(":");
  return (
    <>
      {spacedName(name)}
      {number && <span className="text-ink-faint"> · {number}</span>}
      {step.try > 1 && <span className="text-ink-soft"> · try {step.try}</span>}
      <span className="sr-only">: {STEP_WORDS[step.status]}</span>
    </>
  );
}

const STEP_WORDS = { RUNNING: "running", COMPLETED: "done", FAILED: "failed" } as const;

const tookOf = ({ startedAt, finishedAt }: JobStepView): string | undefined =>
  finishedAt && finishedAt.getTime() - startedAt.getTime() >= 1_000
    ? `Took ${durationWords(startedAt.getTime(), finishedAt.getTime())}`
    : undefined;
