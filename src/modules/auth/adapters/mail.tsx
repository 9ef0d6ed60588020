/** The mails of sign-in. */
import { render, toPlainText } from "@react-email/render";
import { env } from "~/server/config/env";
import { sendMail } from "~/server/mail/mailer";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";
import type { LinkMail } from "../flows/request-link";
import type { WelcomeMailed } from "../flows/welcome";

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

function StepUpMail({ url, validMinutes, from }: LinkMail) {
  const place = from.address ? ` at the address ${from.address}` : "";
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`It works once, for ${validMinutes} minutes.`}
      title="Confirm it is you"
      footer="You get this mail because a browser that is signed in as you asked for something that wants to be confirmed."
    >
      <MailText>{`Open the page in the browser that asked, and press the button there. The link works once, within ${validMinutes} minutes.`}</MailText>
      <MailButton href={url}>Confirm it is you</MailButton>
      <MailText tone="soft">
        {`Asked for with ${from.browser} on ${from.system}${place}. If that was not you, do not press it: end that session on your devices page instead.`}
      </MailText>
    </MailLayout>
  );
}

/** Sends the link that confirms a session. @throws mail.unavailable; nothing was sent then. */
export async function mailStepUpLink(mail: LinkMail): Promise<void> {
  const html = await render(<StepUpMail {...mail} />);
  await sendMail({
    to: mail.to,
    subject: "Confirm it is you in Tenantry",
    html,
    text: toPlainText(html),
    template: "step-up-link",
  });
}

function WelcomeMail({
  name,
  organization,
  url,
}: {
  name: string | null;
  organization: string;
  url: string;
}) {
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`${organization} is ready. Three things are worth doing first.`}
      title={name ? `Welcome, ${name}` : "Welcome to Tenantry"}
      footer="You get this mail once, because you have joined your first organization in Tenantry."
    >
      <MailText>{`${organization} is ready for you. Three things make it yours:`}</MailText>
      <MailText>
        Bring your customers: drop a CSV file, and it is read while you do something else. Or look around with
        sample data first, which goes again in one click.
      </MailText>
      <MailText>
        Invite a colleague: they get a mail, and see what you see, by the role you give them.
      </MailText>
      <MailText>Press Ctrl or ⌘ and K on any page: everything is one word away from there.</MailText>
      <MailButton href={url}>{`Open ${organization}`}</MailButton>
    </MailLayout>
  );
}

/** Welcomes a person, recognisable by its Message-ID if it should be sent twice. @throws mail.unavailable. */
export async function mailWelcome(mail: WelcomeMailed): Promise<void> {
  const { APP_URL } = env();
  const { userId, to, name, organization, slug } = mail;
  const html = await render(
    <WelcomeMail name={name} organization={organization} url={`${APP_URL}/o/${slug}`} />,
  );
  await sendMail({
    to,
    subject: `Welcome to ${organization}`,
    html,
    text: toPlainText(html),
    template: "welcome",
    messageId: `<welcome.${userId}@${new URL(APP_URL).hostname}>`,
  });
}
