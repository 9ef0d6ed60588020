/** Sends mails over SMTP. Templates belong to the slices' adapters; this knows addresses, bodies and failure. */
import { createTransport, type Transporter } from "nodemailer";
import { DomainError } from "~/kernel/errors";
import { env } from "~/server/config/env";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";

export type Mail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Bounded name for metrics: `sign-in-link`, `invitation`. */
  template: string;
  /** Stable per intent, so that a repeated send is recognisable as the same mail. */
  messageId?: string;
};

const TIMEOUT_MS = 10_000;
const held = globalThis as typeof globalThis & { __tenantryMailer?: Transporter };

function transport(): Transporter {
  const { SMTP_URL } = env();
  if (!SMTP_URL) throw new Error("SMTP_URL is not set");
  held.__tenantryMailer ??= createTransport({
    url: SMTP_URL,
    pool: true,
    maxConnections: 3,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return held.__tenantryMailer;
}

/** @throws mail.unavailable when the mail server does not take it; nothing was sent then. */
export async function sendMail({ template, messageId, ...mail }: Mail): Promise<void> {
  try {
    await transport().sendMail({ from: env().MAIL_FROM, ...mail, ...(messageId && { messageId }) });
    metrics().mails.inc({ template, outcome: "sent" });
  } catch (error) {
    metrics().mails.inc({ template, outcome: "failed" });
    logger().error({ err: error, template }, "mail not sent");
    throw new DomainError(
      "unavailable",
      "mail.unavailable",
      "The mail could not be sent: our mail server does not answer. Nothing is lost; try again in a minute.",
      {},
      { cause: error },
    );
  }
}

/** Whether the mail server greets. For readiness. */
export async function isMailReachable(): Promise<boolean> {
  return transport()
    .verify()
    .then(
      () => true,
      () => false,
    );
}
