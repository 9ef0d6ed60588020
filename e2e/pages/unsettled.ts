/** What staff settle on the page of revenue: an event of Stripe that failed, a difference that is open. Of no organization. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { stack } from "./stack";

export interface Unsettled {
  /** The event's id and type, which nothing else has. */
  event: { id: string; type: string };
  /** The difference's id, and what it is about, which nothing else is. */
  difference: { id: string; subject: string };
}

export async function leaveUnsettled(): Promise<Unsettled> {
  const mark = randomUUID().slice(0, 8);
  const event = { id: `evt_${mark}`, type: `charge.walked_${mark}` };
  const difference = { id: randomUUID(), subject: `cus_${mark}` };
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  await owner.query(
    `insert into stripe_event (id, type, occurred_at, body, state, attempts, last_error, received_at)
     values ($1, $2, now() - interval '2 hours', $3, 'failed', 8, 'Stripe did not answer', now() - interval '2 hours')`,
    [
      event.id,
      event.type,
      JSON.stringify({ ...event, object: "event", data: { object: { id: `ch_${mark}` } } }, null, 2),
    ],
  );
  const run = randomUUID();
  await owner.query(
    `insert into reconciliation_run (id, started_at, finished_at, customer_count, difference_count)
     values ($1, now() - interval '3 hours', now() - interval '3 hours', 12, 1)`,
    [run],
  );
  await owner.query(
    `insert into reconciliation_difference (id, run_id, kind, subject, expected, found, repair, first_seen_at, last_seen_at)
     values ($1, $2, 'customer_unknown', $3, 'A customer of an organization', 'None', 'none', now() - interval '3 hours', now())`,
    [difference.id, run, difference.subject],
  );
  await owner.end();
  return { event, difference };
}

/** The state of an event or a difference, as it is stored. */
export async function stateOf(
  table: "stripe_event" | "reconciliation_difference",
  id: string,
): Promise<string> {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  const { rows } = await owner.query<{ state: string }>(`select state from ${table} where id::text = $1`, [
    id,
  ]);
  await owner.end();
  return rows[0]!.state;
}
