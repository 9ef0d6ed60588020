/** The invitation's mail. */
import { render, toPlainText } from "@react-email/render";
import { ROLE_WORDS } from "~/kernel/roles";
import { env } from "~/server/config/env";
import { sendMail } from "~/server/mail/mailer";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";
import { invitationToken, type InvitationToMail } from "../service";

const day = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(at);

export function InvitationMail({ invitation, url }: { invitation: InvitationToMail; url: string }) {
  const { organization, role, email, expiresAt } = invitation;
  const inviter = invitation.invitedBy ?? "A colleague";
  const { label, help } = ROLE_WORDS[role];
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`${inviter} invites you to work on ${organization}.`}
      title={`Join ${organization}`}
      footer={`This mail went to ${email} because ${inviter} entered your address. If you do not know why, ignore it: nothing happens without the button.`}
    >
      <MailText>
        {inviter} invites you to work on {organization} in Tenantry, as {label.toLowerCase()}. {help}
      </MailText>
      <MailButton href={url}>See the invitation</MailButton>
      <MailText>
        You accept it with this address, {email}. The invitation is good until {day(expiresAt)} (UTC).
      </MailText>
    </MailLayout>
  );
}

/** Mails an invitation. Sending the same one twice is recognisable by its Message-ID. @throws mail.unavailable. */
export async function mailInvitation(invitation: InvitationToMail): Promise<void> {
  const { id, sentAt, email, organization } = invitation;
  const { APP_URL } = env();
  const url = `${APP_URL}/invitations/${invitationToken(id, sentAt)}`;
  const html = await render(<InvitationMail invitation={invitation} url={url} />);
  const text = toPlainText(html);
  const subject = `${invitation.invitedBy ?? "A colleague"} invites you to ${organization}`;
  const messageId = `<invitation.${id}.${sentAt.getTime()}@${new URL(APP_URL).hostname}>`;
  await sendMail({ to: email, subject, html, text, template: "invitation", messageId });
}
