/** The frame that everything one types or chooses in has in common. */
export const controlStyle = [
  "w-full min-w-0 rounded-md border border-line-strong bg-surface text-base text-ink transition-colors dark:bg-sunken",
  "placeholder:text-ink-faint hover:border-ink-faint",
  "aria-invalid:border-negative aria-invalid:hover:border-negative",
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-faint",
].join(" ");

/** What one types into, besides. Kept apart because `:read-only` is true of every button. */
export const textControlStyle = [
  controlStyle,
  "read-only:bg-sunken",
  // Below 16 px, phones zoom into the page when a text takes the focus.
  "pointer-coarse:text-lg",
].join(" ");
