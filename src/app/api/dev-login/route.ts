/** In `local` only: the session cookie and a token for a known address, without any proof. Elsewhere it is not there. */
import { DomainError, notFound } from "~/kernel/errors";
import { DevLoginInput, issue, signInAsDemo, visitorOf } from "~/modules/auth";
import { noMemberCookie, sessionCookies, withCookies } from "~/server/auth/cookies";
import { env } from "~/server/config/env";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";

export async function POST(request: Request): Promise<Response> {
  const trace = traceOf(request.headers);
  try {
    if (env().APP_ENV !== "local") throw notFound("page");
    const input = DevLoginInput.safeParse(await request.json().catch(() => null));
    if (!input.success) {
      const message = 'Send JSON with a mail address: {"email": "owner@acme.test"}.';
      const fields = { email: input.error.issues.map((issue) => issue.message) };
      throw new DomainError("invalid", "auth.invalid_dev_login", message, {}, { fields });
    }
    const visitor = await visitorOf(request.headers);
    const issued = await issue(await signInAsDemo(input.data.email, visitor, trace));
    return withCookies(Response.json({ access_token: issued.sessionToken }), [
      ...sessionCookies(issued),
      noMemberCookie(),
    ]);
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}
