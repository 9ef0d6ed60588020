/**
 * The frame of every mail. A slice writes its mail as a component of its own:
 *
 *     export function InvitationMail({ inviter, url }: Props) {
 *       return (
 *         <MailLayout brand="Acme" preheader="…" title="…" footer="…">
 *           <MailText>{inviter} invites you …</MailText>
 *           <MailButton href={url}>Accept invitation</MailButton>
 *         </MailLayout>
 *       );
 *     }
 *
 * and renders both parts from it, so that they cannot differ:
 *
 *     import { render, toPlainText } from "@react-email/render";
 *     const html = await render(<InvitationMail {...props} />);
 *     const text = toPlainText(html);
 *
 * No images, no web fonts, one button. Colours are inline for the programs that
 * drop `<style>`; those that keep it also get the dark ones.
 */
import { Body, Button, Container, Head, Html, Link, Preview, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";

import { legibleFill, readableOn } from "../colour";
import { mailPalette } from "./palette";

const { light, dark } = mailPalette;

const sans =
  "Geist, ui-sans-serif, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const mono = "'Geist Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

const fillOf = (accent: string) => legibleFill(accent, [light["accent-ink"], dark["accent-ink"]]);

function darkRules(accent: string): string {
  const own = accent === light.accent;
  const act = own ? { fill: dark.accent, ink: dark["accent-ink"] } : fillOf(accent);
  const link = own ? dark.accent : readableOn(accent, dark.surface);
  const rules: Record<string, string> = {
    canvas: `background-color:${dark.canvas}!important`,
    panel: `background-color:${dark.surface}!important;border-color:${dark.line}!important`,
    ink: `color:${dark.ink}!important`,
    soft: `color:${dark["ink-soft"]}!important`,
    faint: `color:${dark["ink-faint"]}!important`,
    code: `background-color:${dark.sunken}!important;border-color:${dark.line}!important;color:${dark.ink}!important`,
    act: `background-color:${act.fill}!important;color:${act.ink}!important`,
    link: `color:${link}!important`,
  };
  // The library paints the ground on a cell of its own inside the body.
  const ground = `.m-canvas>table>tbody>tr>td{${rules.canvas}}`;
  return Object.entries(rules)
    .map(([name, declarations]) => `.m-${name}{${declarations}}`)
    .join("")
    .concat(ground);
}

export interface MailLayoutProps {
  /** Who writes: the name at the top. */
  brand: string;
  /** The line that inboxes show after the subject, up to 90 characters. */
  preheader: string;
  title: string;
  /** Why one gets this mail, and who sent it. */
  footer: ReactNode;
  /** `#rrggbb`; corrected where it would not read. Give the same one to `MailButton`. */
  accent?: string;
  lang?: string;
  dir?: "ltr" | "rtl";
  children: ReactNode;
}

export function MailLayout({
  brand,
  preheader,
  title,
  footer,
  accent = light.accent,
  lang = "en",
  dir = "ltr",
  children,
}: MailLayoutProps) {
  return (
    <Html lang={lang} dir={dir}>
      <Head>
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{`:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${darkRules(accent)}}@media (max-width:480px){.m-panel{padding:24px 20px!important}}`}</style>
      </Head>
      <Preview>{preheader}</Preview>
      <Body
        className="m-canvas"
        style={{ backgroundColor: light.canvas, fontFamily: sans, margin: 0, padding: "32px 12px" }}
      >
        <Container style={{ maxWidth: "520px", margin: "0 auto" }}>
          <Text
            className="m-ink"
            style={{
              color: light.ink,
              fontSize: "16px",
              fontWeight: 600,
              lineHeight: "24px",
              margin: "0 0 16px",
            }}
          >
            {brand}
          </Text>
          <Section
            className="m-panel"
            style={{
              backgroundColor: light.surface,
              border: `1px solid ${light.line}`,
              borderRadius: "8px",
              padding: "32px",
            }}
          >
            <h1
              className="m-ink"
              style={{
                color: light.ink,
                fontSize: "20px",
                fontWeight: 600,
                letterSpacing: "-0.2px",
                lineHeight: "28px",
                margin: "0 0 12px",
              }}
            >
              {title}
            </h1>
            {children}
          </Section>
          <Text
            className="m-faint"
            style={{ color: light["ink-faint"], fontSize: "12px", lineHeight: "18px", margin: "16px 0 0" }}
          >
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

export function MailText({ tone = "ink", children }: { tone?: "ink" | "soft"; children: ReactNode }) {
  return (
    <Text
      className={`m-${tone}`}
      style={{
        color: tone === "soft" ? light["ink-soft"] : light.ink,
        fontSize: tone === "soft" ? "13px" : "16px",
        lineHeight: tone === "soft" ? "20px" : "24px",
        margin: "0 0 16px",
      }}
    >
      {children}
    </Text>
  );
}

export interface MailButtonProps {
  href: string;
  accent?: string;
  /** Stands before the bare address, for programs and people that distrust buttons. */
  fallbackText?: string;
  children: string;
}

export function MailButton({
  href,
  accent = light.accent,
  fallbackText = "Or open this address:",
  children,
}: MailButtonProps) {
  const { fill, ink } = fillOf(accent);
  return (
    <>
      <Button
        href={href}
        className="m-act"
        style={{
          backgroundColor: fill,
          borderRadius: "6px",
          color: ink,
          fontSize: "16px",
          fontWeight: 500,
          lineHeight: "20px",
          margin: "8px 0 24px",
          padding: "12px 20px",
          textDecoration: "none",
        }}
      >
        {children}
      </Button>
      <Text
        className="m-soft"
        style={{ color: light["ink-soft"], fontSize: "13px", lineHeight: "20px", margin: "0 0 16px" }}
      >
        {fallbackText}
        <br />
        <Link
          href={href}
          className="m-link"
          style={{
            color: readableOn(accent, light.surface),
            textDecoration: "underline",
            wordBreak: "break-all",
          }}
        >
          {href}
        </Link>
      </Text>
    </>
  );
}

/** Something to read off or to copy: a sign-in code, an id. */
export function MailCode({ children }: { children: string }) {
  return (
    <Text
      className="m-code"
      style={{
        backgroundColor: light.sunken,
        border: `1px solid ${light.line}`,
        borderRadius: "6px",
        color: light.ink,
        fontFamily: mono,
        fontSize: "20px",
        letterSpacing: "2px",
        lineHeight: "28px",
        margin: "8px 0 24px",
        padding: "12px 16px",
        textAlign: "center",
      }}
    >
      {children}
    </Text>
  );
}
