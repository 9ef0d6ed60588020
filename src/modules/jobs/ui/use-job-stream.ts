"use client";
import { useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useEffectEvent } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { listenLive } from "~/trpc/live";
import { isFinished, isJobEvent, isNews } from "../rules";
import type { JobEventData, JobListItem, JobPage, JobView } from "../schema";

/** What a line of the feed cannot tell (steps, who cancelled) is read anew, at most this often. */
const READ_ANEW_MS = 1_000;

/**
 * Keeps jobs on this page live: lists, details, progress cards and the meter. Call it in whatever shows jobs; they share
 * one connection. `onEvent` hears each line as well.
 */
export function useJobStream(onEvent?: (event: JobEventData) => void): void {
  const { currentOrganization, user } = useTenancy();
  const { slug } = currentOrganization;
  const everyone = useMay("job.readAll");
  const queries = useQueryClient();
  const utils = api.useUtils();

  const show = useEffectEvent((event: JobEventData, readAnew: (what: "lists" | string) => void) => {
    const line = lineOf(event);
    const patch = <T extends JobListItem>(shown: T): T =>
      isNews(line, shown) ? { ...shown, ...line } : shown;

    let isListed = true;
    queries.setQueriesData<JobPage>({ queryKey: getQueryKey(api.jobs.list) }, (page) => {
      const before = page?.items.find(({ id }) => id === event.id);
      if (before?.status !== event.status) isListed = false;
      return page && before
        ? { ...page, items: page.items.map((item) => (item === before ? patch(item) : item)) }
        : page;
    });
    // A job that is new here, or moved to another filter: which rows a list has is the server's to say.
    if (!isListed) readAnew("lists");

    utils.jobs.get.setData({ id: event.id }, (job: JobView | undefined) => {
      if (!job) return job;
      const now = patch(job);
      // Whoever could end it may run it again once it has ended, and the other way round never.
      return isFinished(now.status)
        ? { ...now, mayCancel: false, mayRunAgain: job.mayRunAgain || job.mayCancel }
        : now;
    });
    readAnew(event.id);
    if (isFinished(event.status)) void utils.metering.invalidate();
    onEvent?.(event);
  });
  const readAll = useEffectEvent(() => void utils.jobs.invalidate());
  const read = useEffectEvent((what: "lists" | string) => {
    if (what === "lists") void utils.jobs.list.invalidate();
    else void utils.jobs.get.invalidate({ id: what });
  });

  useEffect(() => {
    const waiting = new Map<string, ReturnType<typeof setTimeout>>();
    const readAnew = (what: string) => {
      if (waiting.has(what)) return;
      const timer = setTimeout(() => {
        waiting.delete(what);
        read(what);
      }, READ_ANEW_MS);
      waiting.set(what, timer);
    };
    const stop = listenLive(
      { orgSlug: slug, userId: user.id, everyone },
      {
        on: {
          job: (data) => {
            if (isJobEvent(data)) show(data, readAnew);
          },
        },
        onGap: () => readAll(),
      },
    );
    return () => {
      stop();
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, [slug, user.id, everyone]);
}

const lineOf = (event: JobEventData) => ({
  status: event.status,
  attempts: event.attempts,
  progress: event.progress,
  cause: event.error,
  updatedAt: new Date(event.updated_at),
});
