/** `POST /api/v1/token` in the words of RFC 6749: forms in, `{error, error_description}` out, nothing kept by a cache. */
import type { Trace } from "~/kernel/actor";
import { DomainError } from "~/kernel/errors";
import { asDomainError } from "~/server/db/failure";
import { boundedText } from "~/server/http/bounded-body";
import { countTry } from "~/server/http/limiter";
import { problemResponse } from "~/server/http/problem";
import { CORRELATION_HEADER, limitKeyOf, traceOf } from "~/server/http/trace";
import { exchangeKey, refreshTokens } from "../flows/issue-tokens";

const MOST_BYTES = 8_192;
/** Tries of one address, right or wrong: a program needs four an hour. */
const TRIES = { name: "token", points: 120, windowSeconds: 60 };

type OAuthError =
  "invalid_request" | "invalid_client" | "invalid_grant" | "invalid_scope" | "unsupported_grant_type";

class Refused extends Error {
  constructor(
    readonly error: OAuthError,
    readonly words: string,
  ) {
    super(error);
  }
}

export async function answerToken(request: Request): Promise<Response> {
  const trace = traceOf(request.headers);
  const headers = {
    "cache-control": "no-store",
    pragma: "no-cache",
    [CORRELATION_HEADER]: trace.correlationId,
  };
  try {
    await countTry(TRIES, limitKeyOf(trace.address));
    return Response.json(await grant(request, trace), { headers });
  } catch (thrown) {
    const refused = refusalOf(thrown);
    if (!refused) return problemResponse(thrown, trace.correlationId);
    const isClient = refused.error === "invalid_client";
    return Response.json(
      { error: refused.error, error_description: refused.words },
      {
        status: isClient ? 401 : 400,
        headers: { ...headers, ...(isClient && { "www-authenticate": `Bearer error="invalid_client"` }) },
      },
    );
  }
}

async function grant(request: Request, trace: Trace) {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded")
    throw new Refused("invalid_request", "Send a form: application/x-www-form-urlencoded.");
  const form = new URLSearchParams(await boundedText(request, MOST_BYTES));
  for (const name of new Set(form.keys()))
    if (form.getAll(name).length > 1) throw new Refused("invalid_request", `Send ${printable(name)} once.`);
  const key = clientKey(request.headers, form);
  switch (form.get("grant_type")) {
    case "client_credentials": {
      if (!key) throw new Refused("invalid_client", "Send the API key as Bearer, or as client_secret.");
      const userAgent = request.headers.get("user-agent");
      return exchangeKey(key, { scope: form.get("scope"), userAgent }, trace);
    }
    case "refresh_token": {
      const token = form.get("refresh_token");
      if (!token) throw new Refused("invalid_request", "Send the refresh_token.");
      return refreshTokens(token, key, trace);
    }
    case null:
      throw new Refused("invalid_request", "Send a grant_type: client_credentials or refresh_token.");
    default:
      throw new Refused(
        "unsupported_grant_type",
        "Only client_credentials and refresh_token are granted here.",
      );
  }
}

/** What the specification lets stand in an error's description: printable ASCII without quotes. */
const printable = (text: string) => text.replace(/[^ !#-[\]-~]/g, "").slice(0, 40) || "each field";

/** The key of the program, by one way only: Bearer, Basic (any name, the key as password), or `client_secret`. */
function clientKey(headers: Headers, form: URLSearchParams): string | null {
  const authorization = headers.get("authorization");
  const inForm = form.get("client_secret");
  if (authorization !== null && inForm !== null)
    throw new Refused("invalid_request", "Send the API key in one way, not in two.");
  if (authorization === null) return inForm;
  const bearer = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (bearer) return bearer;
  const basic = /^Basic (\S+)$/i.exec(authorization)?.[1];
  if (!basic) throw new Refused("invalid_client", "Send the API key as Bearer, or as client_secret.");
  const text = Buffer.from(basic, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}

const OAUTH: Record<string, OAuthError> = {
  "api_keys.unknown_client": "invalid_client",
  "api_keys.invalid_grant": "invalid_grant",
  "api_keys.invalid_scope": "invalid_scope",
};

function refusalOf(thrown: unknown): Refused | null {
  if (thrown instanceof Refused) return thrown;
  const { code, kind, publicMessage } = asDomainError(thrown);
  if (OAUTH[code]) return new Refused(OAUTH[code], publicMessage);
  const isBody = thrown instanceof DomainError && (kind === "invalid" || kind === "too_large");
  return isBody ? new Refused("invalid_request", publicMessage) : null;
}
