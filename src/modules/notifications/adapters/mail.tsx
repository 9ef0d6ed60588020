/** The mail that says a plan is nearly or wholly used up. */
import { render, toPlainText } from "@react-email/render";
import { METERS } from "~/kernel/meter-table";
import { env } from "~/server/config/env";
import { sendMail } from "~/server/mail/mailer";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";
import type { LimitMailed } from "../flows/tell-of-limit";

const whole = (units: number) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 }).format(units);
const day = (at: Date) => new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(at);

export function LimitMail({ mail, url }: { mail: LimitMailed; url: string }) {
  const { organization, meter, threshold, used, included, resetsAt, to } = mail;
  const { label, shownUnit, unitsPerLimit, kind } = METERS[meter];
  const isReached = threshold === 100;
  const amounts = `${whole(used / unitsPerLimit)} of ${whole(included / unitsPerLimit)} ${shownUnit}`;
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`${organization} has used ${amounts}.`}
      title={isReached ? `${label}: the plan is used up` : `${label}: 80 % of the plan is used`}
      footer={`This mail went to ${to} because you own ${organization}. It is sent once a billing period.`}
    >
      <MailText>
        {organization} has used {amounts}.{" "}
        {isReached
          ? "What needs more is refused until then; nothing that is there is lost."
          : "At the limit, what needs more is refused."}
      </MailText>
      {kind === "counter" && <MailText>It begins anew on {day(resetsAt)} (UTC).</MailText>}
      <MailButton href={url}>See the usage</MailButton>
    </MailLayout>
  );
}

/** Sending the same one twice is recognisable by its Message-ID. @throws mail.unavailable. */
export async function mailLimit(mail: LimitMailed): Promise<void> {
  const { APP_URL } = env();
  const html = await render(<LimitMail mail={mail} url={`${APP_URL}/o/${mail.slug}/usage`} />);
  const { label } = METERS[mail.meter];
  await sendMail({
    to: mail.to,
    subject:
      mail.threshold === 100
        ? `${mail.organization} has used up its plan: ${label.toLowerCase()}`
        : `${mail.organization} has used 80 % of its plan: ${label.toLowerCase()}`,
    html,
    text: toPlainText(html),
    template: "limit-neared",
    messageId: `<${mail.id}@${new URL(APP_URL).hostname}>`,
  });
}
