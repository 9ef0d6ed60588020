/**
 * Pages of other origins (CORS). A preflight carries no key, so it is answered for every origin; what counts is decided
 * when the request itself comes, which never carries a cookie's authority.
 */
export const EXPOSED =
  "ETag, Link, Location, Retry-After, Idempotency-Replayed, X-Correlation-Id, Deprecation, Sunset, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy";

const ALLOWED_HEADERS =
  "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match, X-Tenantry-Org, X-Correlation-Id";

/** Never `Access-Control-Allow-Credentials`: cookies open nothing here. */
export const corsHeaders = (origin: string): Record<string, string> => ({
  "access-control-allow-origin": origin,
  "access-control-expose-headers": EXPOSED,
});

/** Answers a preflight in full; what it does not allow is refused by the browser. */
export function answerPreflight(request: Request, methods: string[]): Response {
  const origin = request.headers.get("origin");
  const headers = new Headers({ allow: methods.join(", "), vary: "Origin" });
  if (origin && request.headers.has("access-control-request-method")) {
    for (const [name, value] of Object.entries({
      ...corsHeaders(origin),
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": ALLOWED_HEADERS,
      "access-control-max-age": "600",
    }))
      headers.set(name, value);
  }
  return new Response(null, { status: 204, headers });
}

/** Whether a request was made by a page of another origin than ours. */
export function foreignOrigin(headers: Headers, appUrl: string): string | null {
  const origin = headers.get("origin");
  return origin === null || origin === new URL(appUrl).origin ? null : origin;
}
