import { classNames } from "./class-names";

/** A T whose arms are two doorways: many doors under one roof. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={classNames("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M4.5 5.5h15V11a2.75 2.75 0 0 0-5.5 0v8h-4v-8a2.75 2.75 0 0 0-5.5 0z"
        className="fill-accent-ink"
      />
    </svg>
  );
}

export function Brand({ name = "Tenantry", className }: { name?: string; className?: string }) {
  return (
    <span className={classNames("inline-flex items-center gap-2", className)}>
      <BrandMark />
      <span className="text-lg leading-none font-semibold tracking-[-0.02em] text-ink">{name}</span>
    </span>
  );
}
