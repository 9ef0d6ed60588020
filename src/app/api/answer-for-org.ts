import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { DomainError, notFound, unauthenticated } from "~/kernel/errors";
import { lastUsedOrg } from "~/modules/tenancy";
import { env } from "~/server/config/env";
import { boundedText } from "~/server/http/bounded-body";
import { problemResponse } from "~/server/http/problem";
import { isOwnOrigin } from "~/server/http/security-headers";
import { fieldErrorsOf } from "~/server/trpc/procedures";
import { countVisit, pageActor, pageKnock, serverApi } from "~/trpc/server";

type OrgApi = ReturnType<typeof serverApi>;
/** `intentId`: one press of a button; a caller that repeats itself names it by `Idempotency-Key`. */
type Asked = { api: OrgApi; slug: string; body: Record<string, unknown>; intentId: string };

const MAX_BYTES = 16_384;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Answers a plain HTTP request by a procedure of an organization: that which `x-tenantry-org` names, else the one last used.
 * Whoever calls needs what the procedure asks for; a refusal is a problem document.
 */
export async function answerForOrg(
  request: Request,
  call: (asked: Asked) => Promise<unknown>,
): Promise<Response> {
  const { trace, orgSlug } = await pageKnock();
  try {
    if (!isOwnOrigin(request, env().APP_URL)) throw fromElsewhere();
    const rate = await countVisit(orgSlug);
    const slug = orgSlug ?? (await slugLastUsed());
    const body = await bodyOf(request);
    const key = request.headers.get("idempotency-key") ?? "";
    const answer = await call({
      api: serverApi(slug),
      slug,
      body,
      intentId: UUID.test(key) ? key : crypto.randomUUID(),
    });
    return Response.json(answer, {
      headers: { "cache-control": "private, no-store", "x-correlation-id": trace.correlationId, ...rate },
    });
  } catch (error) {
    return problemResponse(refusalOf(error), trace.correlationId);
  }
}

const fromElsewhere = () =>
  new DomainError("forbidden", "kernel.other_site", "This request came from another site and was refused.");

async function slugLastUsed(): Promise<string> {
  const person = await pageActor();
  if (!person) throw unauthenticated();
  const org = await lastUsedOrg(person);
  if (!org) throw notFound("organization");
  return org.slug;
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  if (request.method === "GET") return {};
  const text = await boundedText(request, MAX_BYTES);
  if (text === "") return {};
  try {
    const read: unknown = JSON.parse(text);
    if (read !== null && typeof read === "object" && !Array.isArray(read))
      return read as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new DomainError("invalid", "kernel.invalid_input", "Send a JSON object, or nothing.");
}

/** What a procedure threw, as the refusal behind it. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof TRPCError)) return error;
  if (error.cause instanceof ZodError)
    return new DomainError(
      "invalid",
      "kernel.invalid_input",
      "Some fields need another look.",
      {},
      { fields: fieldErrorsOf(error.cause) },
    );
  return error.cause ?? error;
}
