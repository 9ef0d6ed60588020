const OPTIONS = {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
} as const;

/** An instant that counts, in full: "28 November 2026 at 21:10 CET". It reads the same whenever it is read. */
export function Instant({ at, timeZone = "UTC" }: { at: Date | string; timeZone?: string }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()}>
      {new Intl.DateTimeFormat("en-GB", { ...OPTIONS, timeZone }).format(date)}
    </time>
  );
}
