import { notFound } from "~/kernel/errors";
import { ledgerCsv, ListEntriesInput } from "~/modules/metering";
import { csvDownload } from "../../../csv-download";
import { periodOf, periodStartOf } from "../../period-of";

type Props = { params: Promise<{ org: string; meter: string }> };

/** Streams the entries of a meter and billing period as a CSV file. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { org, meter: name } = await params;
  const { searchParams } = new URL(request.url);
  const periodsBack = periodOf(searchParams.get("period"));
  const periodStart = periodStartOf(searchParams.get("from"));
  const filename = `statement-${name.replace(/[^a-z_]/g, "")}.csv`;
  return csvDownload({ slug: org, permission: "usage.read", filename }, (actor) => {
    const meter = ListEntriesInput.shape.meter.safeParse(name);
    if (!meter.success) throw notFound("meter");
    return ledgerCsv(actor, { meter: meter.data, periodsBack, periodStart });
  });
}
