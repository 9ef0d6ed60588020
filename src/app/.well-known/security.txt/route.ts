/** Where to report a hole (RFC 9116). */
import { clock } from "~/kernel/clock";
import { env } from "~/server/config/env";
import { securityText } from "~/server/http/security-contact";

// Settings are there when a request comes, not while the app is built.
export const dynamic = "force-dynamic";

export const GET = (): Response =>
  new Response(securityText(env(), clock.now()), {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=86400" },
  });
