/** The real mailbox: every mail the product sends lands there. */
import { expect } from "@playwright/test";
import { stack } from "./stack";

type Listed = { id: string; to: { address: string }[]; subject: string; time: string };
type Mail = Listed & { html: string; text: string };

const ask = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${stack.reached().mail}/api${path}`)).json()) as T;

/** The newest mail to this address whose subject matches, once it has come. */
export async function mailTo(address: string, subject: RegExp): Promise<Mail> {
  let found: Listed | undefined;
  await expect
    .poll(
      async () => {
        const all = await ask<Listed[]>("/email");
        found = all.findLast(
          (mail) => mail.to.some((to) => to.address === address) && subject.test(mail.subject),
        );
        return found?.id;
      },
      { message: `a mail to ${address} about ${subject}`, timeout: 20_000 },
    )
    .toBeTruthy();
  return ask<Mail>(`/email/${found!.id}`);
}

/** Where a mail's button leads. @throws when there is none of that name. */
export function buttonOf(mail: Mail, name: string): string {
  const links = [...mail.html.matchAll(/<a[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)];
  const link = links.find(([, , words]) => words!.replace(/<[^>]*>/g, "").includes(name));
  if (!link) throw new Error(`the mail "${mail.subject}" has no button "${name}"`);
  return link[1]!.replaceAll("&amp;", "&");
}
