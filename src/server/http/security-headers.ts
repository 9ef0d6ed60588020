/** Content security policy and the check of where a changing request was made (design decision 17). */

type Foreign = { objectStore: string | null; google: string | null; sentry: string | null };

/**
 * The policy of one HTML answer. Scripts run by nonce alone, and what they load by `strict-dynamic`; styles may be
 * inline. In development React needs eval for its stack traces.
 */
export function contentSecurityPolicy(nonce: string, foreign: Foreign, isDevelopment: boolean): string {
  const list = (...sources: (string | null | false)[]) => sources.filter(Boolean).join(" ");
  const directives: Record<string, string> = {
    "default-src": "'self'",
    "script-src": list(`'nonce-${nonce}'`, "'strict-dynamic'", isDevelopment && "'unsafe-eval'"),
    "style-src": "'self' 'unsafe-inline'",
    "img-src": list("'self'", "data:", "blob:", foreign.objectStore),
    "connect-src": list("'self'", foreign.objectStore, foreign.sentry),
    "font-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    // Chromium checks the redirect of a form's answer too, and sign-in goes on to Google.
    "form-action": list("'self'", foreign.google),
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change something on the strength of its cookies: it was made by a page of ours. Requests
 * without cookies prove themselves otherwise (signature, bearer token) and pass.
 */
export function isOwnOrigin(request: { method: string; headers: Headers }, appUrl: string): boolean {
  if (SAFE_METHODS.has(request.method) || !request.headers.has("cookie")) return true;
  const origin = request.headers.get("origin");
  if (origin) return origin === new URL(appUrl).origin;
  return request.headers.get("sec-fetch-site") === "same-origin";
}
