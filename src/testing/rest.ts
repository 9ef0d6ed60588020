/** Requests to `/api/v1` as a program sends them, answered by the real handler. */
import { env } from "~/server/config/env";
import { signSession } from "~/server/auth/session-token";
import { ORG_HEADER } from "~/server/trpc/context";
import { answerRest } from "~/wiring/rest";
import type { Role } from "~/kernel/roles";
import type { TestOrg } from "./tenants";

export type Told = { status: number; headers: Headers; body: Record<string, unknown> };
type Sent = { body?: unknown; headers?: Record<string, string>; raw?: string };
export type Program = (method: string, path: string, sent?: Sent) => Promise<Told>;

/** What a request to the path answers, its body read. */
export async function ask(method: string, path: string, { body, headers, raw }: Sent = {}): Promise<Told> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await answerRest(
    new Request(new URL(`/api/v1${path}`, env().APP_URL), {
      method,
      headers: { ...(content !== undefined && { "content-type": "application/json" }), ...headers },
      ...(content !== undefined && { body: content }),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
}

/** A program that calls for the organization's member of that role. */
export async function programOf(org: TestOrg, role: Role = "owner"): Promise<Program> {
  const user = org.users.find((one) => one.role === role)!;
  const token = await signSession(user.userId, user.sessionId);
  const own = { authorization: `Bearer ${token}`, [ORG_HEADER]: org.slug };
  return (method, path, sent = {}) => ask(method, path, { ...sent, headers: { ...own, ...sent.headers } });
}
