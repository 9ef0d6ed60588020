/**
 * Requests to addresses that a customer typed in. None ever reaches a private, loopback, link-local or metadata address:
 * what a name resolves to is judged when the connection is made, so a name that changes in between gains nothing, and
 * redirects are answers, not followed. Each call has its own connection, a bound on time and on what is read.
 */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import { addressFault, mayCallLoopback } from "~/server/http/public-address";

/** What went wrong with a call that was made, or was refused while it was. */
export type CallFault =
  "timeout" | "dns" | "refused" | "tls" | "reset" | "not_public" | "answer_too_large" | "failed";

export type PublicAnswer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** At most `maxBytes`, read as UTF-8; the rest is not read. */
  text: string;
  durationMs: number;
};

export class PublicCallFailed extends Error {
  override readonly name = "PublicCallFailed";
  constructor(
    readonly fault: CallFault,
    readonly durationMs: number,
    cause?: unknown,
  ) {
    super(`the call failed: ${fault}`, { cause });
  }
}

const LOOPBACK = ["127.0.0.0/8", "::1"];
type Asked = {
  url: string;
  method: "POST" | "GET";
  headers: Record<string, string>;
  body?: string;
  /** From the first packet to the last byte that is read. */
  timeoutMs: number;
  maxBytes: number;
};

/** @throws PublicCallFailed. An answer of any status is an answer. */
export function callPublicly({
  url,
  method,
  headers,
  body,
  timeoutMs,
  maxBytes,
}: Asked): Promise<PublicAnswer> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  if (addressFault(url) !== null) return Promise.reject(new PublicCallFailed("not_public", 0));
  const filter = { keepAlive: false, allowIPAddressList: mayCallLoopback() ? LOOPBACK : [] };
  const isSecure = url.startsWith("https:");
  const agent = isSecure ? new RequestFilteringHttpsAgent(filter) : new RequestFilteringHttpAgent(filter);
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise<PublicAnswer>((resolve, reject) => {
    const fail = (error: unknown) =>
      reject(new PublicCallFailed(signal.aborted ? "timeout" : faultOf(error), elapsed(), error));
    const call = (isSecure ? httpsRequest : httpRequest)(
      url,
      { method, headers, agent, signal, maxHeaderSize: 16_384 },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        const answer = () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: new TextDecoder().decode(Buffer.concat(parts).subarray(0, maxBytes)),
            durationMs: elapsed(),
          });
        response.on("data", (part: Buffer) => {
          parts.push(part);
          size += part.length;
          if (size < maxBytes) return;
          answer();
          response.destroy();
        });
        response.on("end", answer);
        response.on("error", fail);
        response.on("aborted", () => fail(Object.assign(new Error("cut off"), { code: "ECONNRESET" })));
      },
    );
    call.on("error", fail);
    call.end(body);
  }).finally(() => agent.destroy());
}

const FAULTS: Record<string, CallFault> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ENODATA: "dns",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  ETIMEDOUT: "timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
  HPE_HEADER_OVERFLOW: "answer_too_large",
};

function faultOf(error: unknown): CallFault {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  // The agent's refusal has words and no code.
  if (code === "" && message.includes("is not allowed")) return "not_public";
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return "tls";
  return FAULTS[code] ?? "failed";
}
