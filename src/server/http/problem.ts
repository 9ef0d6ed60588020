/** Problem documents (RFC 9457) for doors that speak plain HTTP. */
import { DomainError, ERROR_FACES } from "~/kernel/errors";
import { asDomainError } from "~/server/db/failure";
import { logger } from "~/server/observability/logger";

/** The HTTP face of a refusal. What is not a `DomainError` is logged whole and told as nothing but its correlation id. */
export function problemResponse(
  error: unknown,
  correlationId: string,
  headers: Record<string, string> = {},
): Response {
  const refusal = asDomainError(error);
  const face = ERROR_FACES[refusal.kind];
  if (refusal.kind === "internal")
    logger().error({ err: error, correlation_id: correlationId }, "request failed");
  const { retryAfterSeconds } = refusal.details;
  return Response.json(
    {
      type: `https://tenantry.dev/problems/${refusal.code.replace(".", "/")}`,
      title: face.title,
      status: face.status,
      detail: refusal.publicMessage,
      code: refusal.code,
      correlation_id: correlationId,
      ...(refusal.fields && { errors: refusal.fields }),
      ...(Object.keys(refusal.details).length > 0 && { error: { code: refusal.code, ...refusal.details } }),
    },
    {
      status: face.status,
      headers: {
        ...headers,
        "content-type": "application/problem+json",
        "x-correlation-id": correlationId,
        ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
      },
    },
  );
}

export { DomainError };
