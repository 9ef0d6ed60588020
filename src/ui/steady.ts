"use client";

import { useCallback, useInsertionEffect, useRef } from "react";

/** A handler that stays the same function and always does what the latest one would. Not to be called while rendering. */
export function useSteady<Args extends unknown[], Answer>(
  act: (...args: Args) => Answer,
): (...args: Args) => Answer {
  const latest = useRef(act);
  useInsertionEffect(() => {
    latest.current = act;
  });
  return useCallback((...args) => latest.current(...args), []);
}
