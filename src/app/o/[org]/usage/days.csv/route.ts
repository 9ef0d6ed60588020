import { usageDaysCsv } from "~/modules/metering";
import { csvDownload } from "../../csv-download";
import { periodOf, periodStartOf } from "../period-of";

type Props = { params: Promise<{ org: string }> };

/** Streams each day and meter of a billing period as a CSV file. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const periodsBack = periodOf(searchParams.get("period"));
  const periodStart = periodStartOf(searchParams.get("from"));
  const asked = { slug: (await params).org, permission: "usage.read", filename: "usage.csv" } as const;
  return csvDownload(asked, (actor, { timeZone }) =>
    usageDaysCsv(actor, { periodsBack, periodStart }, timeZone),
  );
}
