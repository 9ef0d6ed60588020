"use client";
import { usePathname } from "next/navigation";
import { Breadcrumbs } from "~/ui/breadcrumbs";
import { useTenancy } from "./tenancy-context";

/** From the organization down to this page, read from the address. `labels`: words for path segments, by segment. */
export function OrgBreadcrumbs({ labels }: { labels: Record<string, string> }) {
  const { currentOrganization } = useTenancy();
  const home = `/o/${currentOrganization.slug}`;
  const segments = usePathname().split("/").slice(3).filter(Boolean);
  const items = segments.map((segment, index) => ({
    label: labels[segment] ?? "Details",
    href: `${home}/${segments.slice(0, index + 1).join("/")}`,
  }));
  return <Breadcrumbs items={[{ label: currentOrganization.name, href: home }, ...items]} />;
}
