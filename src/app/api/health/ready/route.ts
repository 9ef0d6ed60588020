import { isOperator } from "~/server/http/operator";
import { readiness } from "~/server/observability/readiness";

export const dynamic = "force-dynamic";

/** 200 while requests can be served, 503 when not; what exactly is up is for operators. */
export async function GET(request: Request): Promise<Response> {
  const { status, dependencies } = await readiness();
  const body = isOperator(request.headers) ? { status, dependencies } : { status };
  return Response.json(body, {
    status: status === "down" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}
