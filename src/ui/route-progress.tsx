"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Suspense, useEffect, useState } from "react";

import { ROUTE_STARTED } from "./route-started";

/** A page that is there sooner needs no bar. */
const SHOWN_AFTER_MS = 180;
/** Whatever happened to a page that has not come by then, a bar helps no more. */
const GIVEN_UP_AFTER_MS = 20_000;

/** A thin line at the top while the next page is on its way. Once, in the root layout. */
export function RouteProgress() {
  return (
    <Suspense>
      <Line />
    </Suspense>
  );
}

function Line() {
  const path = usePathname();
  const query = useSearchParams();
  const here = `${path}?${query}`;
  const [leaving, setLeaving] = useState<string | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const started = (event: Event) => {
      const to = new URL((event as CustomEvent<string>).detail, window.location.href);
      clearTimeout(timer);
      if (`${to.pathname}?${to.searchParams}` === here) return;
      timer = setTimeout(() => {
        setLeaving(here);
        timer = setTimeout(() => setLeaving(null), GIVEN_UP_AFTER_MS);
      }, SHOWN_AFTER_MS);
    };
    window.addEventListener(ROUTE_STARTED, started);
    return () => {
      clearTimeout(timer);
      window.removeEventListener(ROUTE_STARTED, started);
    };
  }, [here]);

  if (leaving !== here) return null;
  return (
    <div aria-hidden className="pointer-events-none fixed inset-x-0 top-0 z-60 h-0.5 overflow-hidden">
      <div className="h-full origin-left animate-route bg-accent motion-reduce:animate-none rtl:origin-right" />
    </div>
  );
}
