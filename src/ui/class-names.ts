import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Names of our own scales, so that a later `h-8` or `shadow-none` wins over them.
const merge = extendTailwindMerge({
  extend: {
    theme: { spacing: ["control", "row"], shadow: ["float"], container: ["page"] },
  },
});

/** Joins class names; where two set the same property, the later one wins. */
export function classNames(...values: ClassValue[]): string {
  return merge(clsx(values));
}
