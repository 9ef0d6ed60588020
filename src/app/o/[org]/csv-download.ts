import type { OrgActor } from "~/kernel/actor";
import { notFound, unauthenticated } from "~/kernel/errors";
import type { Permission } from "~/kernel/roles";
import { problemResponse } from "~/server/http/problem";
import { countVisit, pageActor, pageKnock, pageOrg } from "~/trpc/server";
import { gates } from "~/wiring/gates";

/** Streams a CSV file to whoever has the permission; anybody else gets a problem document. */
export async function csvDownload(
  { slug, permission, filename }: { slug: string; permission: Permission; filename: string },
  partsOf: (actor: OrgActor, org: { timeZone: string }) => AsyncGenerator<string>,
): Promise<Response> {
  const { trace } = await pageKnock();
  try {
    const rate = await countVisit(slug);
    const person = await pageActor();
    if (!person) throw unauthenticated();
    const org = await pageOrg(slug);
    if (!org) throw notFound("organization");
    const parts = partsOf(gates.permission(org, person, permission), org);
    // The first part before the status is sent: what is not there is a 404, not a broken file.
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
        "content-disposition": `attachment; filename="${filename}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        ...rate,
      },
    });
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}
