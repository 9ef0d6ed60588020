import { render, toPlainText } from "@react-email/render";
import { describe, expect, it } from "vitest";

import { MailButton, MailCode, MailLayout, MailText } from "./layout";

const url = "https://app.example.com/invitations/abc";
const html = await render(
  <MailLayout
    brand="Acme"
    preheader="Ada invites you to work on Acme."
    title="Join Acme"
    footer="You get this because Ada entered your address."
    accent="#ffd400"
  >
    <MailText>Ada invites you to work on Acme.</MailText>
    <MailButton href={url} accent="#ffd400">
      Accept invitation
    </MailButton>
    <MailCode>492 013</MailCode>
  </MailLayout>,
);

describe("a mail", () => {
  it("works without images and without anything fetched", () => {
    expect(html).not.toMatch(/<img|@import|<link|url\(/);
  });

  it("has dark colours for programs that ask for them", () => {
    expect(html).toContain('name="color-scheme" content="light dark"');
    expect(html).toContain("@media (prefers-color-scheme:dark)");
  });

  it("says everything in its plain-text part, too", () => {
    const text = toPlainText(html);
    for (const part of ["Ada invites you", url, "492 013", "entered your address"]) {
      expect(text).toContain(part);
    }
  });

  it("never writes in a chosen colour that cannot be read", () => {
    const inline = html.replace(/<style>.*?<\/style>/s, "");
    expect(inline).not.toMatch(/(?<!-)color:#ffd400/);
    expect(inline).toMatch(/background-color:#ffd400[^"]*;color:#021b14/);
  });
});
