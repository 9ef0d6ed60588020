"use client";

import { usePathname } from "next/navigation";
import { Breadcrumbs } from "./breadcrumbs";

export interface PathBreadcrumbsProps {
  /** The place that all pages below lie in: its name and its address. */
  home: { label: string; href: string };
  /** Words for the segments of addresses; what has none is somebody's own page: "Details". */
  labels: Record<string, string>;
}

/** From `home` down to this page, read from the address. */
export function PathBreadcrumbs({ home, labels }: PathBreadcrumbsProps) {
  const segments = usePathname().slice(home.href.length).split("/").filter(Boolean);
  const items = segments.map((segment, index) => ({
    label: labels[segment] ?? "Details",
    href: `${home.href}/${segments.slice(0, index + 1).join("/")}`,
  }));
  return <Breadcrumbs items={[home, ...items]} />;
}
