import { isOperator } from "~/server/http/operator";
import { mergedMetrics } from "~/server/observability/cluster-metrics";

export const dynamic = "force-dynamic";

/** Prometheus text, merged over the workers of this machine. */
export async function GET(request: Request): Promise<Response> {
  if (!isOperator(request.headers)) return new Response("Not found", { status: 404 });
  const { text, contentType } = await mergedMetrics();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
