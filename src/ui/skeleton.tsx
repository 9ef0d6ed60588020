import { classNames } from "./class-names";

/** Holds the place of something that is on its way; give it that thing's size. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames("block h-3 w-full animate-breathe rounded-md bg-ink/8", className)}
    />
  );
}
