/** The request of a delivery, signed as Standard Webhooks has it: one signature for each live secret, the newest first. */
import { Webhook } from "standardwebhooks";
import { callPublicly, PublicCallFailed } from "~/server/outbound/public-request";
import { retryAfterMs, type Outcome } from "../rules";

/** From the first packet to the last byte that is read. */
const TIMEOUT_MS = 15_000;
/** What is kept of an answer, in bytes. */
const KEPT_BYTES = 2_000;

export type Posted = {
  url: string;
  /** `webhook-id`: the same at every try, so that a receiver knows a repetition. */
  id: string;
  body: string;
  secrets: string[];
  at: Date;
};
export type Post = (
  posted: Posted,
) => Promise<{ outcome: Outcome; durationMs: number; answer: string | null }>;

export const signatureOf = ({ id, body, secrets, at }: Posted): string =>
  secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" ");

export const post: Post = async (posted) => {
  const { url, id, body, at } = posted;
  try {
    const { status, headers, text, durationMs } = await callPublicly({
      url,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "Tenantry-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": signatureOf(posted),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: KEPT_BYTES,
    });
    const retryAfter = retryAfterMs(headers["retry-after"], at);
    return {
      outcome: { kind: "answered", status, retryAfterMs: retryAfter },
      durationMs,
      // Postgres text holds no NUL.
      answer: text.replaceAll("\u0000", ""),
    };
  } catch (error) {
    if (!(error instanceof PublicCallFailed)) throw error;
    return { outcome: { kind: "failed", fault: error.fault }, durationMs: error.durationMs, answer: null };
  }
};
