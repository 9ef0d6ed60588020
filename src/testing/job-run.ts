/**
 * Runs a job's work without the engine: each step at once, each transaction a real one of the job's organization. A
 * test can end it anywhere as a kill would.
 */
import type { OrgActor } from "~/kernel/actor";
import type { JobRun, JobStep } from "~/modules/jobs";
import { newId } from "~/server/db/ids";
import { withTenant, type TenantScope } from "~/server/db/with-tenant";

export class Killed extends Error {}

type Given<Input> = {
  actor: OrgActor;
  input: Input;
  jobId?: string;
  /** Milliseconds left, asked after each batch; 20,000 by default. */
  timeLeftMs?: () => number;
  /**
   * Asked at each transaction, counted from 0: whether the process dies before its commit (all of it is rolled back) or
   * right after it (nobody hears that it worked).
   */
  killAt?: (transaction: number) => "before_commit" | "after_commit" | null;
  signal?: AbortSignal;
};

export type Progress = { done: number; total?: number | null; note?: string };

export function testJobRun<Input>(
  given: Given<Input>,
): JobRun<Input> & { steps: string[]; progress: Progress[]; transactions: () => number } {
  const actor: OrgActor = { ...given.actor, role: "job" };
  const steps: string[] = [];
  const progress: Progress[] = [];
  let count = 0;
  const step: JobStep = {
    transaction: async <T>(work: (scope: TenantScope) => Promise<T>) => {
      const kill = given.killAt?.(count++) ?? null;
      const answer = await withTenant(actor, async (scope) => {
        const done = await work(scope);
        if (kill === "before_commit") throw new Killed();
        return done;
      });
      if (kill === "after_commit") throw new Killed();
      return answer;
    },
    progress: async (_scope, told) => void progress.push(told),
    timeLeftMs: given.timeLeftMs ?? (() => 20_000),
    signal: given.signal ?? new AbortController().signal,
  };
  return {
    jobId: given.jobId ?? newId(),
    actor,
    input: given.input,
    step: (name, work) => {
      steps.push(name);
      return work(step);
    },
    steps,
    progress,
    transactions: () => count,
  };
}
