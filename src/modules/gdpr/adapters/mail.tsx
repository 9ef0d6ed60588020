/** The mails of export and erasure. Sending the same one twice is recognisable by its Message-ID. */
import { render, toPlainText } from "@react-email/render";
import { env } from "~/server/config/env";
import { sendMail } from "~/server/mail/mailer";
import { MailButton, MailLayout, MailText } from "~/ui/mail/layout";
import type { Kind } from "../schema";

const day = (at: Date) => new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(at);
const moment = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at);

export type ExportReadyMail = {
  id: string;
  to: string;
  expiresAt: Date;
  /** Null for a person's own data. */
  organization: { name: string; slug: string } | null;
};

export function ExportReady({ mail, page }: { mail: ExportReadyMail; page: string }) {
  const what = mail.organization ? `the data of ${mail.organization.name}` : "your data";
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`The file with ${what} can be downloaded.`}
      title="Your export is ready"
      footer={`This mail went to ${mail.to} because the export was asked for with this account.`}
    >
      <MailText>
        The file with {what} can be downloaded until {day(mail.expiresAt)} (UTC). You sign in to fetch it.
      </MailText>
      <MailButton href={page}>Fetch the file</MailButton>
      <MailText>If you did not ask for it, sign out your other devices and tell us.</MailText>
    </MailLayout>
  );
}

const host = () => new URL(env().APP_URL).hostname;

/** @throws mail.unavailable */
export async function mailExportReady(mail: ExportReadyMail): Promise<void> {
  const { APP_URL } = env();
  const page = mail.organization
    ? `${APP_URL}/o/${mail.organization.slug}/settings`
    : `${APP_URL}/account/data`;
  const html = await render(<ExportReady mail={mail} page={page} />);
  await sendMail({
    to: mail.to,
    subject: "Your export is ready",
    html,
    text: toPlainText(html),
    template: "data-export-ready",
    messageId: `<data-export.${mail.id}@${host()}>`,
  });
}

export type ErasureMail = {
  id: string;
  to: string;
  kind: Kind;
  /** The organization's name; null for an account. */
  organization: string | null;
  dueAt: Date;
  undoToken: string;
  certificateToken: string;
};

const subjectOf = ({ kind, organization }: Pick<ErasureMail, "kind" | "organization">) =>
  kind === "person" ? "your account" : (organization ?? "an organization");

export function ErasureRequested({
  mail,
  undo,
  certificate,
}: {
  mail: ErasureMail;
  undo: string;
  certificate: string;
}) {
  const what = subjectOf(mail);
  return (
    <MailLayout
      brand="Tenantry"
      preheader={`It happens on ${day(mail.dueAt)}. Until then you can undo it.`}
      title={`Deletion of ${what} is requested`}
      footer={`This mail went to ${mail.to} because this address ${mail.kind === "person" ? "belongs to the account" : "is an owner's"}.`}
    >
      <MailText>
        On {moment(mail.dueAt)} (UTC) everything of {what} is deleted for good. Until then nothing is, and all
        works as before. If you did not ask for this, undo it now.
      </MailText>
      <MailButton href={undo}>{`Keep ${what}`}</MailButton>
      <MailText>
        Afterwards, the certificate of what was deleted stands here; keep this mail for it: {certificate}
      </MailText>
    </MailLayout>
  );
}

/** @throws mail.unavailable */
export async function mailErasureRequested(mail: ErasureMail): Promise<void> {
  const { APP_URL } = env();
  const undo = `${APP_URL}/erasure/undo/${mail.undoToken}`;
  const certificate = `${APP_URL}/erasure/certificate/${mail.certificateToken}`;
  const html = await render(<ErasureRequested mail={mail} undo={undo} certificate={certificate} />);
  await sendMail({
    to: mail.to,
    subject: `Deletion of ${subjectOf(mail)} is requested`,
    html,
    text: toPlainText(html),
    template: "erasure-requested",
    messageId: `<erasure-requested.${mail.id}@${host()}>`,
  });
}

export type ErasureDoneMail = { id: string; to: string; kind: Kind; certificateToken: string };

export function ErasureDone({ mail, certificate }: { mail: ErasureDoneMail; certificate: string }) {
  const what = mail.kind === "person" ? "Your account" : "The organization";
  return (
    <MailLayout
      brand="Tenantry"
      preheader="The certificate says what was deleted, and what is kept and why."
      title={`${what} is deleted`}
      footer={`This is the last mail to ${mail.to} about it; the address is not kept.`}
    >
      <MailText>
        {what} is deleted. We now search every table and every file for what might be left, and write down the
        result in a certificate, which holds no personal data.
      </MailText>
      <MailButton href={certificate}>See the certificate</MailButton>
    </MailLayout>
  );
}

/** @throws mail.unavailable */
export async function mailErasureDone(mail: ErasureDoneMail): Promise<void> {
  const certificate = `${env().APP_URL}/erasure/certificate/${mail.certificateToken}`;
  const html = await render(<ErasureDone mail={mail} certificate={certificate} />);
  await sendMail({
    to: mail.to,
    subject: mail.kind === "person" ? "Your account is deleted" : "The organization is deleted",
    html,
    text: toPlainText(html),
    template: "erasure-done",
    messageId: `<erasure-done.${mail.id}@${host()}>`,
  });
}
