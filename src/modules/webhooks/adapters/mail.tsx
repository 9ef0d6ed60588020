/** The mail that says a webhook fails, or was switched off. */
import { render, toPlainText } from "@react-email/render";
import { env } from "~/server/config/env";
import { sendMail } from "~/server/mail/mailer";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";
import type { TroubleMailed } from "../flows/tell-of-trouble";

const moment = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at);

export function TroubleMail({ mail, page }: { mail: TroubleMailed; page: string }) {
  const { organization, url, since, isDisabled, to } = mail;
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`${url} does not take what ${organization} sends.`}
      title={isDisabled ? "A webhook was switched off" : "A webhook is failing"}
      footer={`This mail went to ${to} because you run ${organization}.`}
    >
      <MailText>
        {url} has taken nothing since {moment(since)} (UTC).
      </MailText>
      <MailText>
        {isDisabled
          ? "It is not called any more. Nothing is lost: the log keeps what was not delivered for 30 days. Mend the address, switch the webhook on again, and send what failed once more."
          : "Each event is tried again for three days. If none gets through until then, the webhook is switched off."}
      </MailText>
      <MailButton href={page}>See what it answered</MailButton>
    </MailLayout>
  );
}

/** Sending the same one twice is recognisable by its Message-ID. @throws mail.unavailable. */
export async function mailTrouble(mail: TroubleMailed): Promise<void> {
  const { APP_URL } = env();
  const page = `${APP_URL}/o/${mail.slug}/settings/webhooks/${mail.endpointId}`;
  const html = await render(<TroubleMail mail={mail} page={page} />);
  await sendMail({
    to: mail.to,
    subject: mail.isDisabled
      ? `A webhook of ${mail.organization} was switched off`
      : `A webhook of ${mail.organization} is failing`,
    html,
    text: toPlainText(html),
    template: "webhook-trouble",
    messageId: `<${mail.id}@${new URL(APP_URL).hostname}>`,
  });
}
