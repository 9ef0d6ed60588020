"use client";
import { ChevronDown } from "lucide-react";
import { usePathname } from "next/navigation";
import { useRef } from "react";
import { classNames } from "~/ui/class-names";
import { PageLink } from "~/ui/page-link";

type Props = { sections: readonly { href: string; label: string }[] };

/** The parts of the reference: a column beside it, on phones folded away above it. */
export function Sections({ sections }: Props) {
  const here = usePathname();
  const folded = useRef<HTMLDetailsElement>(null);
  const current = sections.find(({ href }) => href === here);
  const list = (
    <ul className="flex flex-col gap-0.5">
      {sections.map(({ href, label }) => (
        <li key={href}>
          <PageLink
            href={href}
            aria-current={href === here ? "page" : undefined}
            onClick={() => folded.current?.removeAttribute("open")}
            className={classNames(
              "flex min-h-8 items-center rounded-md px-2 text-base -outline-offset-2! transition-colors pointer-coarse:min-h-11",
              href === here ? "bg-ink/6 font-medium text-ink" : "text-ink-soft hover:bg-ink/5 hover:text-ink",
            )}
          >
            {label}
          </PageLink>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <details ref={folded} className="group/sections border-b border-line py-2 lg:hidden">
        <summary className="flex h-11 cursor-pointer list-none items-center justify-between gap-3 rounded-md px-2 text-base font-medium text-ink [&::-webkit-details-marker]:hidden">
          <span>
            <span className="text-ink-soft">API reference: </span>
            {current?.label ?? "Sections"}
          </span>
          <ChevronDown
            aria-hidden
            className="size-4 text-ink-soft transition-transform group-open/sections:rotate-180"
          />
        </summary>
        <nav aria-label="API reference" className="pb-2">
          {list}
        </nav>
      </details>
      <nav
        aria-label="API reference"
        className="sticky top-14 hidden max-h-[calc(100dvh-3.5rem)] self-start overflow-y-auto py-12 lg:block"
      >
        {list}
      </nav>
    </>
  );
}
