/**
 * API calls are too many for a ledger entry each. A process counts them in memory and writes one entry per organization
 * and turn; a batch that could not be written keeps its key and goes again, so that it counts once. A process that is
 * killed loses what it counted since its last turn: at most `FLUSH_MS` of its calls, none when it is stopped properly.
 */
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import { countUsageIn } from "../service";

export const FLUSH_MS = 5_000;

type Batch = { orgId: string; key: string; quantity: number; at: Date };

class CallCounter {
  #open = new Map<string, Batch>();
  #closed: Batch[] = [];
  #turn: Promise<number> = Promise.resolve(0);

  /** Costs no round trip. */
  count(orgId: string): void {
    const at = clock.now();
    const batch = this.#open.get(orgId);
    // A batch never spans two hours, hence never two periods or days by more than its turn.
    if (batch && batch.at.getUTCHours() === at.getUTCHours()) batch.quantity += 1;
    else {
      if (batch) this.#closed.push(batch);
      this.#open.set(orgId, { orgId, key: `calls:${newId()}`, quantity: 1, at });
    }
  }

  /** One turn after the other. @returns entries written. @throws what the database throws; nothing is lost then. */
  flush(): Promise<number> {
    this.#turn = this.#turn.catch(() => 0).then(() => this.#write());
    return this.#turn;
  }

  async #write(): Promise<number> {
    this.#closed.push(...this.#open.values());
    this.#open = new Map();
    let written = 0;
    for (let batch = this.#closed[0]; batch; batch = this.#closed[0]) {
      await write(batch);
      this.#closed.shift();
      written += 1;
    }
    return written;
  }
}

const write = ({ orgId, key, quantity, at }: Batch) =>
  withSystem({ reason: "count API calls", trace: { correlationId: newId(), address: null } }, ({ db }) =>
    countUsageIn(
      { db, orgId },
      {
        meter: "api_calls",
        quantity,
        idempotencyKey: key,
        occurredAt: at,
        service: "api",
        source: { type: "call" },
      },
    ),
  );

const held = globalThis as typeof globalThis & { __tenantryCalls?: CallCounter };
const counter = () => (held.__tenantryCalls ??= new CallCounter());

/** Notes one call of an API client of the organization. */
export const countCall = (orgId: string): void => counter().count(orgId);

/** Writes what was noted. */
export const flushCalls = (): Promise<number> => counter().flush();
