"use client";

import NextLink from "next/link";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";

export interface PageLinkProps extends Omit<ComponentProps<typeof NextLink>, "href" | "prefetch"> {
  href: string;
  /** `false` for what must be asked for only when it is pressed, or never is because a press does something else. */
  prefetch?: false | undefined;
}

/** A pointer that crosses a list on its way elsewhere, or a focus that moves through it, rests nowhere for so long. */
const REST_MS = 65;
/** There is one pointer and one focus, so one timer for all links. */
let resting: ReturnType<typeof setTimeout> | undefined;
const leave = () => clearTimeout(resting);

/**
 * A link to another page, without a look of its own. The page's frame is fetched when a pointer rests on the link, a
 * finger touches it or the focus stays there: fetching whatever is in sight, as Next does by itself, would render forty
 * pages for each one that is wanted (ADR 0028).
 */
export function PageLink({
  prefetch,
  onPointerEnter,
  onPointerLeave,
  onTouchStart,
  onFocus,
  onBlur,
  ...rest
}: PageLinkProps) {
  const router = useRouter();
  const { href } = rest;
  const fetchAhead = () => {
    if (prefetch !== false && href.startsWith("/")) router.prefetch(href);
  };
  const arrive = () => {
    leave();
    resting = setTimeout(fetchAhead, REST_MS);
  };
  return (
    <NextLink
      {...rest}
      prefetch={false}
      onPointerEnter={(event) => {
        if (event.pointerType === "mouse") arrive();
        onPointerEnter?.(event);
      }}
      onPointerLeave={(event) => {
        leave();
        onPointerLeave?.(event);
      }}
      onTouchStart={(event) => {
        fetchAhead();
        onTouchStart?.(event);
      }}
      onFocus={(event) => {
        if (event.currentTarget.matches(":focus-visible")) arrive();
        onFocus?.(event);
      }}
      onBlur={(event) => {
        leave();
        onBlur?.(event);
      }}
    />
  );
}
