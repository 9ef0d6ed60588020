import { usageDaysCsv } from "~/modules/metering";
import { csvDownload } from "../csv-download";
import { periodOf } from "../period-of";

type Props = { params: Promise<{ org: string }> };

/** Streams each day and meter of a billing period as a CSV file. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const periodsBack = periodOf(new URL(request.url).searchParams.get("period"));
  return csvDownload((await params).org, "usage.csv", (actor, { timeZone }) =>
    usageDaysCsv(actor, { periodsBack }, timeZone),
  );
}
