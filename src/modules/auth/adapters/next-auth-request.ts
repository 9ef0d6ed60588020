/**
 * Hands a web `Request` to next-auth's Node-style handler and collects its answer. Its App Router entrance would read
 * cookies through `next/headers`, which exists only inside Next: this way the whole handshake runs in tests too.
 */
import type { NextApiRequest, NextApiResponse } from "next";

/** A form of sign-in: an address, a token, where to go. */
export const MOST_FORM_BYTES = 16_384;

type Handler = (req: NextApiRequest, res: NextApiResponse) => unknown;
type Cleaners = {
  /** Makes an address to return to harmless, wherever next-auth would take it from. */
  callbackUrl: (wanted: string) => string;
};

export async function askNextAuth(
  request: Request,
  /** A form, within `MOST_FORM_BYTES`. */
  body: string,
  nextauth: string[],
  handler: Handler,
  clean: Cleaners,
): Promise<Response> {
  const query = cleaned(Object.fromEntries(new URL(request.url).searchParams), clean);
  const answer = collector();
  const cookies = Object.fromEntries(
    cookiesOf(request.headers).map(([name, value]) => [
      name,
      name.endsWith("next-auth.callback-url") ? clean.callbackUrl(value) : value,
    ]),
  );
  await handler(
    {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      query: { ...query, nextauth },
      body:
        request.method === "POST" ? cleaned(Object.fromEntries(new URLSearchParams(body)), clean) : undefined,
      cookies,
    } as unknown as NextApiRequest,
    answer.res as unknown as NextApiResponse,
  );
  return answer.response();
}

const cleaned = (values: Record<string, string>, { callbackUrl }: Cleaners) =>
  values.callbackUrl === undefined ? values : { ...values, callbackUrl: callbackUrl(values.callbackUrl) };

function cookiesOf(headers: Headers): [string, string][] {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.flatMap(([name = "", ...rest]) => {
    try {
      return name ? [[name, decodeURIComponent(rest.join("="))] as [string, string]] : [];
    } catch {
      return [];
    }
  });
}

function collector() {
  let status = 200;
  let body: string | null = null;
  const single = new Map<string, string>();
  let cookies: string[] = [];
  const res = {
    status: (code: number) => {
      status = code;
      return res;
    },
    getHeader: (name: string) => (isCookie(name) ? cookies : single.get(name.toLowerCase())),
    setHeader: (name: string, value: string | string[]) => {
      if (isCookie(name)) cookies = [value].flat();
      else single.set(name.toLowerCase(), String(value));
      return res;
    },
    json: (value: unknown) => {
      single.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send: (value: unknown) => {
      if (value !== undefined && typeof value !== "string") return res.json(value);
      body = value ?? null;
    },
    end: () => {},
  };
  const response = () => {
    const headers = new Headers([...single]);
    for (const cookie of cookies) headers.append("set-cookie", cookie);
    headers.set("cache-control", "private, no-store");
    return new Response(body, { status, headers });
  };
  return { res, response };
}

const isCookie = (name: string) => name.toLowerCase() === "set-cookie";
