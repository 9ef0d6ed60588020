"use client";
import { api } from "~/trpc/client";
import type { DataTableFilter } from "~/ui/data-table";

/** Organizations to narrow a list to: the newest, and the one that is chosen already, whichever it is. */
export function useOrganizationFilter(chosen: string | null, anyLabel = "Any organization"): DataTableFilter {
  const { data: newest = [] } = api.admin.findOrganizations.useQuery({}, { staleTime: 60_000 });
  const isUnknown = chosen !== null && !newest.some(({ id }) => id === chosen);
  const { data: one } = api.admin.organization.useQuery(
    { id: chosen ?? "" },
    { enabled: isUnknown, staleTime: 60_000 },
  );
  return {
    key: "org",
    label: "Organization",
    anyLabel,
    options: [
      ...newest.map(({ id, name }) => ({ value: id, label: name })),
      ...(isUnknown ? [{ value: chosen, label: one?.name ?? `${chosen.slice(0, 8)}…` }] : []),
    ],
  };
}
