/** In front of every page and plain HTTP door: the content security policy, and the origin of what changes something. */
import { NextResponse, type NextRequest } from "next/server";
import { env } from "~/server/config/env";
import { googleOrigin, objectStoreOrigin, sentryOrigin } from "~/server/config/origins";
import { contentSecurityPolicy, isOwnOrigin } from "~/server/http/security-headers";

export function proxy(request: NextRequest): Response {
  if (!isOwnOrigin(request, env().APP_URL)) {
    return Response.json(
      { title: "Not allowed", status: 403, detail: "This request came from another site and was refused." },
      { status: 403, headers: { "content-type": "application/problem+json" } },
    );
  }
  if (request.nextUrl.pathname.startsWith("/api/")) return NextResponse.next();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const foreign = { objectStore: objectStoreOrigin(), google: googleOrigin(), sentry: sentryOrigin() };
  const policy = contentSecurityPolicy(nonce, foreign, env().NODE_ENV === "development");
  // Next takes the nonce for its own scripts from the request's header.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-tenantry-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // Whole names only: an address that merely looks like a file's may be a page. tRPC checks the origin in its own handler,
  // /api/v1 takes no cookie, and Inngest signs: neither needs a second pass on the hot path.
  matcher: ["/((?!_next/static/|_next/image$|api/trpc/|api/v1/|api/inngest$|favicon\\.svg$).*)"],
};
