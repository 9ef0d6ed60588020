/** The mails about money. */
import { render, toPlainText } from "@react-email/render";
import { env } from "~/server/config/env";
import { sendMail } from "~/server/mail/mailer";
import { formatNumber } from "~/ui/format-number";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";

export type DunningMail = {
  to: string;
  organization: string;
  slug: string;
  /** What waits to be paid, where an invoice is open. */
  amount: { total: string; currency: string } | null;
  /** Stripe's page for that invoice. */
  payUrl: string | null;
  /** When the plan ends, or ended. */
  endsAt: Date;
  /** Fixed per step and person. */
  identity: string;
};

const day = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(at);

const sumOf = ({ amount }: DunningMail): string =>
  amount ? formatNumber(amount.total, { currency: amount.currency }) : "The last invoice";

const billingUrl = ({ slug }: DunningMail): string => `${env().APP_URL}/o/${slug}/billing`;
const footer = (organization: string) => `You get this mail because you are an owner of ${organization}.`;

function PaymentFailedMail({ mail }: { mail: DunningMail }) {
  const { organization, endsAt, payUrl } = mail;
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`Pro goes on until ${day(endsAt)} (UTC). Nothing is lost.`}
      title={`The payment for ${organization} did not go through`}
      footer={footer(organization)}
    >
      <MailText>
        {`${sumOf(mail)} could not be charged. Often a card has expired, or the bank wants to hear from you first.`}
      </MailText>
      <MailButton href={payUrl ?? billingUrl(mail)}>Pay now</MailButton>
      <MailText>
        {`Everything works on until ${day(endsAt)} (UTC). Without a payment by then the plan becomes Free: your data stays as it is, and what goes beyond Free waits.`}
      </MailText>
      <MailText tone="soft">{`Another card: ${billingUrl(mail)}`}</MailText>
    </MailLayout>
  );
}

function PlanEndedMail({ mail }: { mail: DunningMail }) {
  const { organization } = mail;
  return (
    <MailLayout
      brand="Tenantry"
      preheader="Your data is untouched. Upgrade again whenever you like."
      title={`${organization} is on Free now`}
      footer={footer(organization)}
    >
      <MailText>
        The payment did not go through for 14 days, so the subscription was ended. Nothing was deleted: all
        records, files and members are still there.
      </MailText>
      <MailText>What goes beyond Free waits until you upgrade again.</MailText>
      <MailButton href={billingUrl(mail)}>See plans</MailButton>
    </MailLayout>
  );
}

/** @throws mail.unavailable; nothing was sent then. */
async function send(
  mail: DunningMail,
  subject: string,
  template: string,
  body: React.ReactElement,
): Promise<void> {
  const html = await render(body);
  const messageId = `<${template}.${mail.identity}@${new URL(env().APP_URL).hostname}>`;
  await sendMail({ to: mail.to, subject, html, text: toPlainText(html), template, messageId });
}

export const mailPaymentFailed = (mail: DunningMail): Promise<void> =>
  send(
    mail,
    `The payment for ${mail.organization} did not go through`,
    "payment-failed",
    <PaymentFailedMail mail={mail} />,
  );

export const mailPlanEnded = (mail: DunningMail): Promise<void> =>
  send(mail, `${mail.organization} is on Free now`, "plan-ended", <PlanEndedMail mail={mail} />);
