/** Reservations whose time is over give their units back. */
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import { inTurn } from "~/server/events/sweeper";
import { releaseUnits } from "../queries";
import { overdueReservations, purgeReservations } from "../queries/system";

const BATCH = 500;

/** Each in a transaction of its own, so that no two counters are ever held at once. @returns how many expired. */
export async function expireReservations(): Promise<number> {
  const asked = { reason: "expire reservations", trace: { correlationId: newId(), address: null } };
  const overdue = await readSystem(asked, (scope) => overdueReservations(scope, clock.now(), BATCH));
  let expired = 0;
  for (const { orgId, meter, key } of overdue) {
    const isReleased = await withSystem(asked, ({ db }) =>
      releaseUnits({ db, orgId }, meter, key, "expired"),
    );
    if (isReleased) expired += 1;
  }
  return expired;
}

export const purgeSettled = (): Promise<number | null> => inTurn("purge reservations", purgeReservations);
