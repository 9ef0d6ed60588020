"use client";
/** Toasts that follow jobs to their end, whatever page one goes to meanwhile. */
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { toast } from "~/ui/toast";
import { isFinished } from "../rules";
import type { JobView } from "../schema";
import { useJobStream } from "./use-job-stream";

type Followed = {
  jobId: string;
  orgSlug: string;
  /** "Deleting 5,000 companies": what is on screen while it runs. */
  doing: string;
  /** When it has completed; shows a toast of its own under `toastId`, in place of the one that ran. */
  onCompleted: (job: JobView, toastId: string) => void;
};

let followed: readonly Followed[] = [];
const NONE: readonly Followed[] = [];
const watchers = new Set<() => void>();
const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};
function set(next: readonly Followed[]): void {
  followed = next;
  for (const watcher of watchers) watcher();
}

/** Begins to follow a job that was just started. */
export function useFollowJob(): (job: Omit<Followed, "orgSlug">) => void {
  const { slug } = useTenancy().currentOrganization;
  return (job) => set([...followed.filter(({ jobId }) => jobId !== job.jobId), { ...job, orgSlug: slug }]);
}

/** Once, in the layout of an organization. */
export function JobFollower() {
  const { slug } = useTenancy().currentOrganization;
  const all = useSyncExternalStore(
    watch,
    () => followed,
    () => NONE,
  );
  return all
    .filter(({ orgSlug }) => orgSlug === slug)
    .map((one) => <Follow key={one.jobId} followed={one} />);
}

const isSettled = (job: JobView | undefined): boolean =>
  job !== undefined && isFinished(job.status) && (job.status !== "COMPLETED" || job.result !== null);

/** Where the stream does not reach (a proxy that buffers), the job is asked for now and then. */
const ASK_EVERY_MS = 5_000;

function Follow({ followed: { jobId, doing, onCompleted, orgSlug } }: { followed: Followed }) {
  useJobStream();
  const router = useRouter();
  const { data: job } = api.jobs.get.useQuery(
    { id: jobId },
    { refetchInterval: ({ state }) => (isSettled(state.data) ? false : ASK_EVERY_MS) },
  );
  const show = useEffectEvent((now: JobView | undefined) => {
    const id = `job-${jobId}`;
    const action = { label: "Details", onPress: () => router.push(`/o/${orgSlug}/jobs/${jobId}`) };
    // The feed says that it has ended; what came of it is read a moment later.
    if (!now || !isSettled(now)) {
      toast.info(doing, {
        id,
        action,
        description: now?.progress.note ?? "Waiting for its turn",
        stays: true,
      });
      return;
    }
    set(followed.filter((one) => one.jobId !== jobId));
    if (now.status === "COMPLETED") onCompleted(now, id);
    else if (now.status === "FAILED") {
      toast.error("It did not work", { id, action, description: now.cause?.message });
    } else toast.info("It was cancelled. What was done until then stays.", { id, action });
  });
  const status = job?.status;
  const note = job?.progress.note;
  const isTold = job?.result !== null;
  useEffect(() => show(job), [job, status, note, isTold]);
  return null;
}
