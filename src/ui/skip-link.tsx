/** The first thing Tab reaches; unseen until then. */
export function SkipLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      className="sr-only z-70 rounded-md bg-ink text-sm font-medium text-canvas focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:px-3 focus:py-2"
    >
      {children}
    </a>
  );
}
