/** Usage as CSV files, read page by page. Times are UTC (ISO 8601), days those of the organization's time zone. */
import type { OrgActor } from "~/kernel/actor";
import { METER_NAMES, METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import { BYTE_ORDER_MARK, csvText } from "~/server/csv/list-export";
import { readTenant } from "~/server/db/with-tenant";
import { listEntries, usageByDay } from "../service";

const PAGE = 1_000;

/** Each day and meter of a period: `quantity` in the ledger's unit. */
export async function* usageDaysCsv(
  actor: OrgActor,
  asked: { periodsBack: number; periodStart?: Date | null },
  timeZone: string,
): AsyncGenerator<string> {
  yield (
    BYTE_ORDER_MARK +
    csvText([["Day", "Meter", "Quantity", "Unit", "Period start (UTC)", "Period end (UTC)"]])
  );
  for (const meter of METER_NAMES) {
    const { days, period } = await readTenant(actor, (scope) =>
      usageByDay(scope, { meter, ...asked }, timeZone),
    );
    yield csvText(
      days.map(({ day, quantity }) => [
        day,
        meter,
        String(quantity),
        METERS[meter].unit,
        period.start.toISOString(),
        period.end.toISOString(),
      ]),
    );
  }
}

/** Every entry of the ledger of a meter and period, newest first. */
export async function* ledgerCsv(
  actor: OrgActor,
  asked: { meter: Meter; periodsBack: number; periodStart?: Date | null },
): AsyncGenerator<string> {
  const head = ["Entry", "Happened at (UTC)", "Quantity", "Unit", "Caused by", "Id of the cause", "Service"];
  yield BYTE_ORDER_MARK + csvText([[...head, "Corrects", "Reason", "Number in the chain", "Seal"]]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listEntries>> = await readTenant(actor, (scope) =>
      listEntries(scope, { ...asked, cursor, limit: PAGE }),
    );
    if (page.items.length > 0) {
      yield csvText(
        page.items.map(({ id, occurredAt, quantity, source, service, corrects, seal }) => [
          id,
          occurredAt.toISOString(),
          String(quantity),
          METERS[asked.meter].unit,
          source?.type ?? "",
          source?.id ?? "",
          service ?? "",
          corrects?.id ?? "",
          corrects?.reason ?? "",
          seal ? String(seal.seq) : "",
          seal?.hash ?? "",
        ]),
      );
    }
    cursor = page.nextCursor;
  } while (cursor);
}
