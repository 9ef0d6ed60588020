"use client";
import { api } from "~/trpc/client";
import type { DataTableFilter } from "~/ui/data-table";
import { COUNTRY_CODES, countryName } from "../rules";

/** Names in the address, which are those of the list's schema. */
export const COMPANY_FILTERS = ["owner", "country", "tag"];
export const CONTACT_FILTERS = ["owner", "tag"];

/** Whose records; colleagues are read when the list is on screen, not before. */
export function useOwnerFilter(many: string): DataTableFilter {
  const { data: owners = [] } = api.crm.owners.useQuery(undefined, { staleTime: 5 * 60_000 });
  return {
    key: "owner",
    label: "Owner",
    anyLabel: `All ${many}`,
    options: [
      { value: "mine", label: `My ${many}` },
      { value: "nobody", label: "Nobody’s" },
      ...owners.filter(({ isMe }) => !isMe).map(({ id, name }) => ({ value: id, label: name })),
    ],
  };
}

export function useTagFilter(): DataTableFilter {
  const { data: tags = [] } = api.crm.tags.list.useQuery(undefined, { staleTime: 60_000 });
  return {
    key: "tag",
    label: "Tag",
    anyLabel: "Any tag",
    options: tags.map(({ id, name }) => ({ value: id, label: name })),
  };
}

export const countryFilter = (): DataTableFilter => ({
  key: "country",
  label: "Country",
  anyLabel: "Any country",
  options: COUNTRY_CODES.map((code) => ({ value: code, label: countryName(code, "en") })).toSorted((a, b) =>
    a.label.localeCompare(b.label, "en"),
  ),
});
