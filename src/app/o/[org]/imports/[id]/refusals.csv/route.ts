import { z } from "zod";
import { notFound, unauthenticated } from "~/kernel/errors";
import { refusalsCsv } from "~/modules/crm";
import { problemResponse } from "~/server/http/problem";
import { pageActor, pageKnock, pageOrg } from "~/trpc/server";
import { gates } from "~/wiring/gates";

type Props = { params: Promise<{ org: string; id: string }> };

/** Streams the refused rows of an import as a CSV file. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { trace } = await pageKnock();
  try {
    const { org: slug, id } = await params;
    const person = await pageActor();
    if (!person) throw unauthenticated();
    const org = await pageOrg(slug);
    if (!org) throw notFound("organization");
    const actor = gates.permission(org, person, "import.read");
    if (!z.uuid().safeParse(id).success) throw notFound("import");
    const parts = refusalsCsv(actor, { id });
    // The first part before the status is sent: an import that is not there is a 404, not a broken file.
    const first = await parts.next();
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (!first.done) controller.enqueue(encoder.encode(first.value));
      },
      pull: async (controller) => {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: () => void parts.return(undefined),
    });
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="refused-rows.csv"',
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}
