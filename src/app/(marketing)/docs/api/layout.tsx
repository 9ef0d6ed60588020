import type { ReactNode } from "react";
import { wayIn } from "../../way-in";
import { CallerProvider } from "./caller";
import { EVENTS, reference } from "./reference";
import { Sections } from "./sections";

export default async function ApiDocsLayout({ children }: { children: ReactNode }) {
  const { groups } = reference();
  const way = await wayIn();
  const sections = [
    { href: "/docs/api", label: "Introduction" },
    ...[...groups, EVENTS].map(({ slug, name }) => ({ href: `/docs/api/${slug}`, label: name })),
  ];
  return (
    <CallerProvider own={way.org}>
      <div className="mx-auto grid max-w-page grid-cols-[minmax(0,1fr)] gap-x-10 px-4 sm:px-6 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <Sections sections={sections} />
        <div className="min-w-0 py-8 lg:py-12">{children}</div>
      </div>
    </CallerProvider>
  );
}
