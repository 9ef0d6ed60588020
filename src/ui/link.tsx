import { ArrowUpRight } from "lucide-react";
import type { ComponentProps } from "react";

import { classNames } from "./class-names";
import { PageLink } from "./page-link";

const lookStyle = {
  /** Inside a sentence: underlined, so that it is found without colour. */
  text: "text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent",
  /** On its own, where place and weight say that it leads somewhere. */
  quiet: "text-ink-soft hover:text-ink hover:underline underline-offset-2",
} as const;

export interface LinkProps extends ComponentProps<typeof PageLink> {
  look?: keyof typeof lookStyle;
  /** Opens a new tab and says so. Give the words, for example "opens in a new tab". */
  externalText?: string;
}

export function Link({ look = "text", externalText, className, children, ...rest }: LinkProps) {
  return (
    <PageLink
      {...rest}
      {...(externalText ? { target: "_blank", rel: "noreferrer" } : {})}
      className={classNames("rounded-[2px] transition-colors", lookStyle[look], className)}
    >
      {children}
      {externalText && (
        <>
          <ArrowUpRight aria-hidden className="mb-0.5 inline size-3.5" />
          <span className="sr-only"> ({externalText})</span>
        </>
      )}
    </PageLink>
  );
}
