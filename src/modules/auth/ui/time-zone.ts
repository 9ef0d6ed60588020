import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The reader's own zone; UTC on the server, which cannot know it. */
export const useTimeZone = (): string =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
