"use client";
import { PathBreadcrumbs } from "~/ui/path-breadcrumbs";
import { useTenancy } from "./tenancy-context";

/** From the organization down to this page. `labels`: words for path segments, by segment. */
export function OrgBreadcrumbs({ labels }: { labels: Record<string, string> }) {
  const { name, slug } = useTenancy().currentOrganization;
  return <PathBreadcrumbs home={{ label: name, href: `/o/${slug}` }} labels={labels} />;
}
