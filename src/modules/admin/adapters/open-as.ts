/** The plain door of opening as a member: what sets and clears a cookie (procedures set none). Origins are checked in front of it. */
import { DomainError, notFound, unauthenticated } from "~/kernel/errors";
import { cookieOf, MEMBER_COOKIE, noMemberCookie, setCookie, withCookies } from "~/server/auth/cookies";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { boundedText } from "~/server/http/bounded-body";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";
import type { Gates } from "~/server/trpc/gates";
import { closeOpened, openAsMember } from "../flows/open-as";
import { OpenAsInput } from "../schema";

type Asked = Pick<Gates, "session" | "isPlatformAdmin" | "steppedUp">;
const MOST_BYTES = 10_000;

/** By the browser's own session alone: what is opened as a member opens nothing. */
export async function answerOpenAs(request: Request, gates: Asked): Promise<Response> {
  const trace = traceOf(request.headers);
  try {
    if (cookieOf(request.headers, MEMBER_COOKIE)) {
      const open = await gates.session(cookieOf(request.headers, MEMBER_COOKIE), trace);
      if (open) throw notFound("page");
    }
    const caller = await gates.session(cookieOf(request.headers, SESSION_COOKIE), trace);
    if (!caller) throw unauthenticated();
    if (caller.kind !== "user" || caller.staff || !(await gates.isPlatformAdmin(caller)))
      throw notFound("page");
    await gates.steppedUp(caller);
    const input = OpenAsInput.safeParse(json(await boundedText(request, MOST_BYTES)));
    if (!input.success) {
      const fields: Record<string, string[]> = {};
      for (const { path, message } of input.error.issues) (fields[path.join(".")] ??= []).push(message);
      throw new DomainError(
        "invalid",
        "admin.invalid_open_as",
        "Some fields need another look.",
        {},
        { fields },
      );
    }
    const { token, slug, lifetimeS } = await openAsMember(caller, input.data);
    return withCookies(Response.json({ to: `/o/${slug}` }, { headers: { "cache-control": "no-store" } }), [
      setCookie(MEMBER_COOKIE, token, { path: "/", maxAgeSeconds: lifetimeS }),
    ]);
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Never refuses: whoever has nothing open is where they wanted to be. */
export async function answerCloseOpened(request: Request, gates: Asked): Promise<Response> {
  const trace = traceOf(request.headers);
  try {
    const open = await gates.session(cookieOf(request.headers, MEMBER_COOKIE), trace);
    const visit = open?.kind === "user" ? open.staff : undefined;
    if (open?.kind === "user") await closeOpened(open);
    const to = visit ? `/admin/organizations/${visit.orgId}` : "/admin";
    return withCookies(Response.json({ to }, { headers: { "cache-control": "no-store" } }), [
      noMemberCookie(),
    ]);
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}
