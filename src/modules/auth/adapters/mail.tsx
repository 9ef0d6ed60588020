/** The mails of sign-in. */
import { render, toPlainText } from "@react-email/render";
import { sendMail } from "~/server/mail/mailer";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";
import type { LinkMail } from "../flows/request-link";

function SignInLinkMail({ url, validMinutes, from }: LinkMail) {
  const place = from.address ? ` at the address ${from.address}` : "";
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`It works once, for ${validMinutes} minutes.`}
      title="Sign in to Tenantry"
      footer="You get this mail because somebody entered your address on the sign-in page of Tenantry."
    >
      <MailText>{`Open the page and press the button there. The link works once, within ${validMinutes} minutes.`}</MailText>
      <MailButton href={url}>Sign in</MailButton>
      <MailText tone="soft">
        {`Asked for with ${from.browser} on ${from.system}${place}. If that was not you, ignore this mail: without the link nobody gets in.`}
      </MailText>
    </MailLayout>
  );
}

/** Sends the link. @throws mail.unavailable; nothing was sent then. */
export async function mailSignInLink(mail: LinkMail): Promise<void> {
  const html = await render(<SignInLinkMail {...mail} />);
  await sendMail({
    to: mail.to,
    subject: "Your sign-in link for Tenantry",
    html,
    text: toPlainText(html),
    template: "sign-in-link",
  });
}
