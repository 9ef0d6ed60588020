/**
 * What must work when the engine is the fault: timers of this process (design decision 23). Every instance has them;
 * a turn that must not run twice takes a lock that ends with its transaction.
 */
import type { SystemScope } from "~/server/db/with-system";
import { withSystem } from "~/server/db/with-system";
import { newId } from "~/server/db/ids";
import { logger } from "~/server/observability/logger";

export type Sweep = {
  name: string;
  /** Milliseconds between the end of one turn and the start of the next. */
  everyMs: number;
  turn: () => Promise<unknown>;
};

/** After failures a sweep waits longer, up to this many milliseconds. */
const MAX_WAIT_MS = 30_000;

class Sweeper {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #turns = new Set<Promise<void>>();
  #isStopped = false;

  constructor(sweeps: Sweep[]) {
    for (const sweep of sweeps) this.#wait(sweep, Math.min(sweep.everyMs, 1_000), 0);
  }

  #wait(sweep: Sweep, ms: number, failures: number) {
    if (this.#isStopped) return;
    const timer = setTimeout(() => {
      const turn = this.#take(sweep, failures);
      this.#turns.add(turn);
      void turn.finally(() => this.#turns.delete(turn));
    }, ms);
    timer.unref();
    this.#timers.set(sweep.name, timer);
  }

  async #take(sweep: Sweep, failures: number): Promise<void> {
    try {
      await sweep.turn();
      if (failures > 0) logger().info({ sweep: sweep.name }, "a sweep works again");
      this.#wait(sweep, sweep.everyMs, 0);
    } catch (error) {
      // The first failure is told; those that follow say nothing new.
      logger()[failures === 0 ? "warn" : "debug"](
        { err: error, sweep: sweep.name },
        "a sweep failed; tried again",
      );
      this.#wait(
        sweep,
        Math.max(sweep.everyMs, Math.min(MAX_WAIT_MS, sweep.everyMs * 2 ** (failures + 1))),
        failures + 1,
      );
    }
  }

  /** Ends the timers, and waits for turns under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#turns);
  }
}

const held = globalThis as typeof globalThis & { __tenantrySweeper?: Sweeper };

/** Starts the timers of this process, once. */
export function startSweeper(sweeps: Sweep[]): void {
  held.__tenantrySweeper ??= new Sweeper(sweeps);
}

export async function stopSweeper(): Promise<void> {
  await held.__tenantrySweeper?.stop();
  held.__tenantrySweeper = undefined;
}

/**
 * One transaction across tenants that no other process runs at the same time.
 * @returns null when another one does.
 */
export const inTurn = <T>(name: string, work: (scope: SystemScope) => Promise<T>): Promise<T | null> =>
  withSystem(
    { reason: `sweep: ${name}`, trace: { correlationId: newId(), address: null } },
    async (scope) => {
      const [lock] = await scope.db.$queryRaw<{ taken: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(${`sweep:${name}`}, 0)) AS taken`;
      return lock?.taken ? work(scope) : null;
    },
  );
