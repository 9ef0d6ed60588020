import { z } from "zod";
import { notFound } from "~/kernel/errors";
import { refusalsCsv } from "~/modules/crm";
import { csvDownload } from "../../../csv-download";

type Props = { params: Promise<{ org: string; id: string }> };

/** Streams the refused rows of an import as a CSV file. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { org: slug, id } = await params;
  return csvDownload({ slug, permission: "import.read", filename: "refused-rows.csv" }, (actor) => {
    if (!z.uuid().safeParse(id).success) throw notFound("import");
    return refusalsCsv(actor, { id });
  });
}
