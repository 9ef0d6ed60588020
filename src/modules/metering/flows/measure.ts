/** Storage is measured: once a day the object store is asked, and the answer becomes that day's ledger entry. */
import { clock } from "~/kernel/clock";
import type { Trace } from "~/kernel/actor";
import { termsOf } from "~/modules/entitlements";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import { isObjectStoreThere, storedBytes } from "~/server/outbound/object-store";
import { measureUnits, organizationsAfter } from "../queries/system";
import { allowedBy, tellOfThreshold } from "../service";

const METER = "storage_bytes";

/** Measures one organization for the UTC day of `clock.now()`; a day that has its entry keeps it. */
export async function measureStorage(orgId: string, trace: Trace): Promise<boolean> {
  // Before the store is asked: what is uploaded meanwhile stays reserved until tomorrow's measure.
  const at = clock.now();
  const quantity = await storedBytes(orgId);
  return withSystem({ reason: "measure storage", trace }, async ({ db }) => {
    const terms = await termsOf({ db, orgId });
    const { included, unitPrice } = allowedBy(terms, METER);
    const period = terms.periodAt(at);
    const measured = await measureUnits(
      { db },
      {
        id: newId(),
        orgId,
        meter: METER,
        key: `day:${at.toISOString().slice(0, 10)}`,
        quantity,
        service: "s3",
        at,
        period,
        included,
        unitPrice,
      },
    );
    await tellOfThreshold({ db, orgId }, METER, period.start, measured);
    return measured.outcome === "counted";
  });
}

/** The organizations to measure, a page at a time; none where there is no object store. */
export const organizationsToMeasure = async (after: string | null, trace: Trace): Promise<string[]> =>
  isObjectStoreThere()
    ? readSystem({ reason: "organizations whose storage is measured", trace }, (scope) =>
        organizationsAfter(scope, after, 100),
      )
    : [];
