/** The public keys that our tokens verify by (RFC 7517). Kept for five minutes at most: keys roll. */
import { publicKeys } from "~/server/auth/session-token";

// Settings are there when a request comes, not while the app is built.
export const dynamic = "force-dynamic";

export const GET = (): Response =>
  Response.json(publicKeys(), {
    headers: {
      "content-type": "application/jwk-set+json",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
