import { clsx, type ClassValue } from "clsx";

import { mergeClasses } from "./class-merge";

/** Joins class names; where two set the same property, the later one wins. */
export function classNames(...values: ClassValue[]): string {
  return mergeClasses(clsx(values));
}
