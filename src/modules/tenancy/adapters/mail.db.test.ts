// The mail as a real SMTP server got it.
import { beforeAll, expect, it, vi } from "vitest";
import { env, forgetEnv } from "~/server/config/env";
import { callerFor } from "~/testing/callers";
import { startService } from "~/testing/services";
import { testOrg, unique } from "~/testing/tenants";
import { mail } from "../../../../scripts/services/mail";
import { tenancyRouter } from "../router";

type Received = {
  id: string;
  to: { address: string }[];
  subject: string;
  text: string;
  html: string;
  messageId: string;
};
let mailbox: string;

beforeAll(async () => {
  const { at } = await startService(mail, undefined);
  mailbox = at.web;
  process.env.SMTP_URL = at.smtp;
  forgetEnv();
});

const received = (address: string): Promise<Received> =>
  vi.waitFor(
    async () => {
      const all = (await (await fetch(`${mailbox}/api/email`)).json()) as Received[];
      return (
        all.find(({ to }) => to.some((one) => one.address === address)) ??
        Promise.reject(new Error("not yet"))
      );
    },
    { timeout: 10_000, interval: 100 },
  );

it("carries who invites whom to what, and a link that opens the invitation, in both of its parts", async () => {
  const org = await testOrg({ name: `Müller <& Söhne> ${unique("x")}` });
  const guest = `${unique("guest")}@example.test`;
  const caller = callerFor(tenancyRouter, org.owner);
  const { invitations } = await caller.invite({ emails: [guest], role: "admin" });
  expect(invitations).toMatchObject([{ isMailed: true }]);
  expect((await caller.invitations()).items).toMatchObject([{ isMailed: true }]);

  const { subject, text, html } = await received(guest);
  expect(subject).toBe(`Pat owner invites you to ${org.name}`);
  expect(text).toContain(`Pat owner invites you to work on ${org.name} in Tenantry, as admin.`);
  expect(text).toContain(`You accept it with this address, ${guest}.`);
  expect(html).toContain("Müller &lt;&amp; Söhne&gt;");
  const link = new RegExp(`${env().APP_URL}/invitations/([\\w-]{43})`);
  const token = link.exec(text)![1]!;
  expect(link.exec(html)![1]).toBe(token);
  expect(await callerFor(tenancyRouter, null).invitation({ token })).toMatchObject({
    state: "open",
    email: guest,
  });
});
