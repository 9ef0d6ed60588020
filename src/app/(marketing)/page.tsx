import { FileUp, Gauge, type LucideIcon, ShieldCheck, Users } from "lucide-react";
import NextLink from "next/link";
import { lastUsedOrg } from "~/modules/tenancy";
import { pageActor } from "~/trpc/server";
import { Button } from "~/ui/button";
import { MarketingShell } from "~/ui/marketing-shell";
import { ThemeToggle } from "~/ui/theme-toggle";

const POINTS: { Icon: LucideIcon; title: string; words: string }[] = [
  {
    Icon: ShieldCheck,
    title: "Each organization for itself",
    words:
      "The database itself keeps organizations apart, row by row. Not even a faulty page can show another’s data.",
  },
  {
    Icon: FileUp,
    title: "Imports that finish",
    words:
      "Drop a file of companies or contacts and close the browser. It goes on, and every refused row says why.",
  },
  {
    Icon: Users,
    title: "Colleagues with the right rights",
    words:
      "Owners, admins, members and readers. Invite by mail, change a role, and it holds within a second.",
  },
  {
    Icon: Gauge,
    title: "Every job in sight",
    words:
      "Watch work run live, see each attempt and step, cancel it or run it again. What was used is counted once.",
  },
];

export default async function Landing() {
  const person = await pageActor();
  const org = person && (await lastUsedOrg(person));
  const way = person
    ? { href: org ? `/o/${org.slug}` : "/welcome", label: "Open dashboard" }
    : { href: "/login", label: "Sign in" };
  return (
    <MarketingShell
      links={[]}
      words={{ skip: "Skip to content", home: "Tenantry, home", navigation: "Main" }}
      actions={
        <>
          <ThemeToggle />
          <Button asChild variant="primary">
            <NextLink href={way.href}>{way.label}</NextLink>
          </Button>
        </>
      }
      footer={<p>Tenantry is open source under the MIT licence.</p>}
    >
      <div className="mx-auto flex max-w-page flex-col gap-14 px-4 py-16 sm:px-6 sm:py-24">
        <section className="flex max-w-2xl flex-col items-start gap-5">
          <h1 className="text-3xl font-semibold text-balance text-ink">
            Customers, jobs and teams in one place, each organization for itself
          </h1>
          <p className="text-lg text-ink-soft">
            Tenantry keeps your companies and contacts, runs your long work durably, and lets your colleagues
            in with exactly the rights they need.
          </p>
          <Button asChild variant="primary" size="large">
            <NextLink href={way.href}>{person ? way.label : "Sign in or create an account"}</NextLink>
          </Button>
          {!person && (
            <p className="text-sm text-ink-soft">
              No password: a link by mail signs you in, the first time too.
            </p>
          )}
        </section>
        <ul className="grid gap-px overflow-clip rounded-lg border border-line bg-line sm:grid-cols-2">
          {POINTS.map(({ Icon, title, words }) => (
            <li key={title} className="flex flex-col gap-2 bg-surface p-6">
              <Icon aria-hidden className="size-5 text-accent" />
              <h2 className="text-lg font-semibold text-ink">{title}</h2>
              <p className="text-base text-ink-soft">{words}</p>
            </li>
          ))}
        </ul>
      </div>
    </MarketingShell>
  );
}
