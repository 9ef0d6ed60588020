/** Refusals of this slice, and what a failed job says. */
import { DomainError } from "~/kernel/errors";

export const alreadyFinished = (status: string) =>
  new DomainError("conflict", "jobs.already_finished", "This job has already ended. Reload to see how.", {
    status,
  });

export const notFinished = () =>
  new DomainError(
    "conflict",
    "jobs.not_finished",
    "This job has not ended yet. Cancel it first, or wait until it is done.",
  );

export const needsPerson = () =>
  new DomainError("forbidden", "jobs.needs_person", "A job is started by a person. Sign in and try again.");

export const stepTimedOut = (timeoutMs: number) =>
  new DomainError(
    "unavailable",
    "jobs.step_timed_out",
    `A step took longer than ${Math.round(timeoutMs / 100) / 10} seconds and was stopped. What was done before it is kept. Run the job again.`,
  );

export const inputRefused = (cause: unknown) =>
  new DomainError(
    "invalid",
    "jobs.input_refused",
    "What this job was given can't be used any more. Start it anew from its page.",
    {},
    { cause },
  );

/** A queue without this kind of work may just be a process of the version before: worth another try. */
export const unknownTask = (taskType: string) =>
  new DomainError(
    "unavailable",
    "jobs.unknown_task",
    "This kind of work is not known here. Run the job again; if it stays, contact support.",
    { taskType },
  );

export const stalled = () =>
  new DomainError(
    "unavailable",
    "jobs.stalled",
    "The job was started many times and never got any further. What was done is kept. Contact support before you run it again.",
  );

/** What is said of a failure that carries no words for the public. */
export const failedInside = (cause: unknown) =>
  new DomainError(
    "internal",
    "jobs.internal",
    "Something failed on our side. What was done so far is kept. Run the job again, and quote its reference if it stays.",
    {},
    { cause },
  );
