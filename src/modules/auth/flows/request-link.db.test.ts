import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashLinkToken } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { closeLimiter } from "~/server/http/limiter";
import { metrics } from "~/server/observability/metrics";
import { startService } from "~/testing/services";
import { asOwner, testTrace, testUser, unique } from "~/testing/tenants";
import { mail, type MailAt } from "../../../../scripts/services/mail";
import { requestLink, type LinkMail } from "./request-link";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36";
const address = () => `${unique("p")}@example.test`;
/** Each test asks from a place of its own, as the limits count by it. */
let place = 0;
let asker = { trace: testTrace(), userAgent: CHROME };
const from = (client: string) => ({ ...asker, trace: { ...asker.trace, address: client } });

beforeEach(() => {
  asker = from(`198.51.100.${++place}`);
});
afterAll(async () => {
  await closeLimiter();
  await closeClients();
});

/** A mail server that takes everything. */
const postbox = () => {
  const sent: LinkMail[] = [];
  return { sent, send: async (letter: LinkMail) => void sent.push(letter) };
};
const links = (email: string) =>
  asOwner<{ token_hash: string; minutes: number }>(
    "select token_hash, round(extract(epoch from expires_at - now()) / 60)::int as minutes from sign_in_link where email = $1",
    [email],
  );

describe("asking for a sign-in link", () => {
  it("mails a link to a page of ours and keeps nothing but its hash, for 15 minutes", async () => {
    const { sent, send } = postbox();
    const email = address();
    await requestLink({ email, next: "/o/acme" }, asker, send);
    const url = new URL(sent[0]!.url);
    expect(url.origin + url.pathname).toBe(`${env().APP_URL}/login/link`);
    expect(url.searchParams.get("next")).toBe("/o/acme");
    const token = url.searchParams.get("token")!;
    expect(await links(email)).toEqual([{ token_hash: hashLinkToken(token), minutes: 15 }]);
  });

  it("answers and mails the same whether or not the address is known", async () => {
    const known = await testUser();
    const answers = [];
    const { sent, send } = postbox();
    for (const email of [known.email, address()]) answers.push(await requestLink({ email }, asker, send));
    expect(answers[0]).toEqual(answers[1]);
    expect(sent).toHaveLength(2);
    expect({ ...sent[0], to: "", url: "" }).toEqual({ ...sent[1], to: "", url: "" });
  });

  it("carries no address of another site along", async () => {
    const { sent, send } = postbox();
    await requestLink({ email: address(), next: "https://evil.example/o/acme" }, asker, send);
    expect(new URL(sent[0]!.url).searchParams.get("next")).toBe("/login/landing");
  });

  it("takes the link back when the mail could not be sent, and says so", async () => {
    const email = address();
    // Nothing answers at SMTP_URL here.
    await expect(requestLink({ email }, asker)).rejects.toMatchObject({ code: "mail.unavailable" });
    expect(await links(email)).toEqual([]);
  });

  it("takes 5 for one mail address in 15 minutes, from wherever they are asked, and says when the next is", async () => {
    const email = address();
    const { sent, send } = postbox();
    for (let n = 1; n <= 5; n++) await requestLink({ email }, from(`203.0.113.${n}`), send);
    await expect(requestLink({ email }, from("203.0.113.6"), send)).rejects.toMatchObject({
      code: "kernel.too_many_requests",
      details: { retryAfterSeconds: expect.any(Number) },
    });
    expect(sent).toHaveLength(5);
    await requestLink({ email: address() }, from("203.0.113.6"), send);
  });

  it("takes so many from one client address as the setting says, and counts those it refuses", async () => {
    const { SIGN_IN_LINKS_PER_ADDRESS } = env();
    const { send } = postbox();
    const limited = async () =>
      (await metrics().signIns.get()).values.find(({ labels }) => labels.outcome === "limited")?.value ?? 0;
    const before = await limited();
    // The counter as it stands after that many.
    await requestLink({ email: address() }, asker, send);
    await asOwner("update rate_limit set points = $1 where key = $2", [
      SIGN_IN_LINKS_PER_ADDRESS,
      `sign-in-link-address:${asker.trace.address}`,
    ]);
    await expect(requestLink({ email: address() }, asker, send)).rejects.toMatchObject({
      code: "kernel.too_many_requests",
    });
    expect(await limited()).toBe(before + 1);
  });

  it("keeps no mail address in the limiter", async () => {
    const email = address();
    await requestLink({ email }, asker, postbox().send);
    const keys = await asOwner<{ key: string }>("select key from rate_limit");
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter(({ key }) => key.includes("@"))).toEqual([]);
  });

  it("forgets links a day after they were over", async () => {
    const email = address();
    await asOwner(
      "insert into sign_in_link (token_hash, email, expires_at) values ($1, $2, now() - interval '25 hours')",
      [unique("h"), email],
    );
    await requestLink({ email: address() }, asker, postbox().send);
    expect(await links(email)).toEqual([]);
  });
});

describe("the mail itself", () => {
  let box: MailAt;
  beforeAll(async () => {
    box = (await startService(mail, undefined)).at;
  });

  it("arrives with one link, from where it was asked, in HTML and in plain words", async () => {
    const email = address();
    // The mailer keeps the SMTP server it met first, so the mailbox gets the letter by a transport of its own.
    const { createTransport } = await import("nodemailer");
    const held = globalThis as typeof globalThis & { __tenantryMailer?: unknown };
    held.__tenantryMailer = createTransport(box.smtp);
    await requestLink({ email, next: "/o/acme" }, asker);
    const list = (await (await fetch(`${box.web}/api/email`)).json()) as {
      to: { address: string }[];
      subject: string;
      html: string;
      text: string;
    }[];
    const letter = list.find(({ to }) => to[0]?.address === email)!;
    expect(letter.subject).toBe("Your sign-in link for Tenantry");
    for (const part of [letter.html, letter.text]) {
      expect(part).toContain("/login/link?");
      expect(part).toContain("Chrome 139 on Linux");
      expect(part).toContain(asker.trace.address);
      expect(part).toContain("15 minutes");
      expect(part).toContain("ignore this mail");
    }
  });
});
