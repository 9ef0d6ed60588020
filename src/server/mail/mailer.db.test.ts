// A real SMTP server, and none.
import { beforeAll, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { metrics } from "~/server/observability/metrics";
import { startService } from "~/testing/services";
import { unique } from "~/testing/tenants";
import { mail } from "../../../scripts/services/mail";
import { isMailReachable, sendMail } from "./mailer";

const held = globalThis as { __tenantryMailer?: unknown };
function use(smtp: string | undefined) {
  if (smtp) process.env.SMTP_URL = smtp;
  else delete process.env.SMTP_URL;
  forgetEnv();
  delete held.__tenantryMailer;
}
const letter = () => ({
  to: `${unique("pat")}@example.test`,
  subject: "Sign in to Tenantry",
  html: "<p>Hello</p>",
  text: "Hello",
  template: "sign-in-link",
});
const counted = async (outcome: string) =>
  (await metrics().mails.get()).values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0;

describe("a mail server", () => {
  let web: string;
  beforeAll(async () => {
    const { at } = await startService(mail, undefined);
    web = at.web;
    use(at.smtp);
  });

  it("gets the mail in HTML and text, from us, under the id of its intent", async () => {
    const [mailed, messageId, before] = [
      letter(),
      `<${unique("intent")}@tenantry.test>`,
      await counted("sent"),
    ];
    await sendMail({ ...mailed, messageId });
    const received = (await (await fetch(`${web}/api/email`)).json()) as Record<string, unknown>[];
    const [mine] = received.filter((one) => JSON.stringify(one.to).includes(mailed.to));
    expect(mine).toMatchObject({ subject: mailed.subject, text: expect.stringContaining("Hello") as string });
    expect(JSON.stringify(mine)).toContain(messageId.slice(1, -1));
    expect(await counted("sent")).toBe(before + 1);
    expect(await isMailReachable()).toBe(true);
  });

  it("gets no header that a subject or an address smuggled in", async () => {
    const mailed = { ...letter(), subject: "Hello\r\nBcc: spy@example.test" };
    await sendMail(mailed);
    const received = (await (await fetch(`${web}/api/email`)).json()) as {
      to: unknown;
      headers: Record<string, string>;
    }[];
    const [mine] = received.filter((one) => JSON.stringify(one.to).includes(mailed.to));
    expect(Object.keys(mine!.headers).map((name) => name.toLowerCase())).not.toContain("bcc");
  });
});

describe("a mail server that does not answer", () => {
  it("is told as unavailable with what to do, is counted, and reveals nothing of the person", async () => {
    use("smtp://user:hunter2@127.0.0.1:1");
    const [mailed, before] = [letter(), await counted("failed")];
    const refusal = (await sendMail(mailed).catch((error: unknown) => error)) as Error;
    expect(refusal).toMatchObject({ kind: "unavailable", code: "mail.unavailable" });
    expect(refusal.message).not.toMatch(/hunter2|example\.test/);
    expect(await counted("failed")).toBe(before + 1);
    expect(await isMailReachable()).toBe(false);
  });

  it("is the same when none is set up", async () => {
    use(undefined);
    await expect(sendMail(letter())).rejects.toMatchObject({ code: "mail.unavailable" });
    await expect(isMailReachable()).rejects.toThrow("SMTP_URL is not set");
  });
});
