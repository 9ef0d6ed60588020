import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { classNames } from "~/ui/class-names";
import { Kbd } from "~/ui/kbd";
import { PageLink } from "~/ui/page-link";
import { ProductShot } from "./product-shot";
import companiesDark from "./shots/companies-dark.webp";
import companiesLight from "./shots/companies-light.webp";
import companyDark from "./shots/company-dark.webp";
import companyLight from "./shots/company-light.webp";
import phoneDark from "./shots/phone-dark.webp";
import phoneLight from "./shots/phone-light.webp";
import searchDark from "./shots/search-dark.webp";
import searchLight from "./shots/search-light.webp";
import { wayIn } from "./way-in";

const PROMISES: { title: string; words: string }[] = [
  {
    title: "Each organization for itself",
    words:
      "The database keeps organizations apart, row by row. Not even a faulty page can show another’s data.",
  },
  {
    title: "Work that finishes",
    words:
      "Close the browser while an import runs. It goes on, survives a restart, and tells you when it is done.",
  },
  {
    title: "The right rights",
    words: "Owners, admins, members and readers. A changed role holds within a second, on every device.",
  },
  {
    title: "Nothing happens unseen",
    words: "Who changed what, and when, is written down and cannot be rewritten.",
  },
];

const STEPS = [
  { title: "Sign in", words: "With your mail address or Google. There is no password to invent." },
  {
    title: "Name your organization",
    words: "It has its own address, its own people and its own data from then on.",
  },
  {
    title: "Bring your customers",
    words: "Drop a CSV file, or look around with sample data that goes again in one click.",
  },
];

export default async function Landing() {
  const way = await wayIn();
  return (
    <div className="mx-auto flex max-w-page flex-col gap-20 px-4 py-14 sm:gap-28 sm:px-6 sm:py-20">
      <section className="flex flex-col gap-10 sm:gap-14">
        <div className="flex max-w-2xl flex-col items-start gap-5">
          <h1 className="text-3xl font-semibold text-balance text-ink">
            Customers, jobs and teams in one place, each organization for itself
          </h1>
          <p className="text-lg text-pretty text-ink-soft">
            Tenantry keeps your companies and contacts, runs your long work to its end, and lets your
            colleagues in with exactly the rights they need.
          </p>
          <Button asChild variant="primary" size="large">
            <PageLink href={way.href}>{way.isSignedIn ? way.label : "Sign in or create an account"}</PageLink>
          </Button>
          {!way.isSignedIn && (
            <p className="text-sm text-ink-soft">
              No password: a link by mail signs you in, the first time too.
            </p>
          )}
        </div>
        <ProductShot
          light={companiesLight}
          dark={companiesDark}
          alt="The list of companies; one of them is open in a panel beside it, with its contacts and what happened to it."
          sizes="(min-width: 72rem) 70rem, 100vw"
          isFirst
        />
      </section>
      <Chapter
        title="Found before you have finished typing"
        shot={
          <ProductShot
            light={searchLight}
            dark={searchDark}
            alt="The search field with three letters in it, and companies, contacts and a colleague below."
            sizes="(min-width: 64rem) 40rem, 100vw"
          />
        }
      >
        <p>
          Press <Kbd className="pointer-coarse:inline-flex">Ctrl</Kbd> or{" "}
          <Kbd className="pointer-coarse:inline-flex">⌘</Kbd> and{" "}
          <Kbd className="pointer-coarse:inline-flex">K</Kbd> on any page. Records, colleagues, pages and acts
          answer to the same field.
        </p>
        <p>Everything works without a mouse. One key lists all the others.</p>
      </Chapter>
      <Chapter
        title="A record, and everything that happened to it"
        isReversed
        shot={
          <ProductShot
            light={companyLight}
            dark={companyDark}
            alt="The page of one company with its values, its contacts and its timeline."
            sizes="(min-width: 64rem) 40rem, 100vw"
          />
        }
      >
        <p>
          Notes, tags, contacts and a timeline that nobody can rewrite. Merge duplicates, change a thousand at
          once, and take it back with one key if it was a mistake.
        </p>
      </Chapter>
      <section className="grid items-center gap-10 lg:grid-cols-[1fr_16rem] lg:gap-16">
        <ul className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
          {PROMISES.map(({ title, words }) => (
            <li key={title} className="flex flex-col gap-1.5">
              <h2 className="flex items-center gap-2 text-lg font-semibold text-ink">
                <Check aria-hidden className="size-4 shrink-0 text-accent" />
                {title}
              </h2>
              <p className="text-base text-pretty text-ink-soft">{words}</p>
            </li>
          ))}
        </ul>
        <ProductShot
          light={phoneLight}
          dark={phoneDark}
          alt="The list of contacts on a phone."
          sizes="16rem"
          className="mx-auto w-full max-w-64"
        />
      </section>
      <section className="flex flex-col gap-6">
        <h2 className="text-xl font-semibold text-ink">Two minutes from here to your first list</h2>
        <ol className="grid gap-px overflow-clip rounded-lg border border-line bg-line sm:grid-cols-3">
          {STEPS.map(({ title, words }, at) => (
            <li key={title} className="flex flex-col gap-1.5 bg-surface p-6">
              <span aria-hidden className="font-mono text-sm text-ink-faint">
                {at + 1}
              </span>
              <h3 className="text-lg font-semibold text-ink">{title}</h3>
              <p className="text-base text-pretty text-ink-soft">{words}</p>
            </li>
          ))}
        </ol>
        <Button asChild variant="primary" size="large" className="self-start">
          <PageLink href={way.href}>{way.isSignedIn ? way.label : "Begin"}</PageLink>
        </Button>
      </section>
    </div>
  );
}

type ChapterProps = { title: string; shot: ReactNode; isReversed?: boolean; children: ReactNode };

/** Words beside a picture; the picture below on narrow screens. */
function Chapter({ title, shot, isReversed = false, children }: ChapterProps) {
  return (
    <section
      className={classNames(
        "grid items-center gap-8 lg:gap-14",
        isReversed ? "lg:grid-cols-[3fr_2fr]" : "lg:grid-cols-[2fr_3fr]",
      )}
    >
      <div
        className={classNames("flex flex-col gap-3 text-base text-ink-soft", isReversed && "lg:order-last")}
      >
        <h2 className="text-xl font-semibold text-balance text-ink">{title}</h2>
        {children}
      </div>
      {shot}
    </section>
  );
}
