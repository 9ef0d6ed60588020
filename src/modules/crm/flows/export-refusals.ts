/** Refused rows as a file to correct and import again. */
import type { OrgActor } from "~/kernel/actor";
import { BYTE_ORDER_MARK, csvText } from "~/server/csv/list-export";
import { readTenant } from "~/server/db/with-tenant";
import { importDetail, refusalPage } from "../service";

const PAGE = 1_000;

/**
 * UTF-8 with a byte order mark (so that spreadsheets take it as UTF-8), CR LF, a page of rows at a time. A cell that a
 * spreadsheet would run as a formula (it begins with = + - @, tab or CR) gets a ' in front.
 * @throws kernel.not_found with the first part asked for.
 */
export async function* refusalsCsv(actor: OrgActor, { id }: { id: string }): AsyncGenerator<string> {
  const { inspection, hasHeader } = await readTenant(actor, (scope) => importDetail(scope, { id }));
  const names = hasHeader && inspection ? inspection.firstRow : [];
  const rest = Array.from(
    { length: Math.max(0, (inspection?.columnCount ?? 0) - names.length) },
    (_, i) => `Column ${names.length + i + 1}`,
  );
  yield BYTE_ORDER_MARK + csvText([["Line", "Why it was not imported", ...names, ...rest]]);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof refusalPage>> = await readTenant(actor, (scope) =>
      refusalPage(scope, { id, cursor, limit: PAGE }),
    );
    if (page.items.length > 0)
      yield csvText(page.items.map(({ line, reason, cells }) => [line, reason, ...cells]));
    cursor = page.nextCursor;
  } while (cursor);
}
