"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { listInput } from "~/kernel/paging";
import { PLANS } from "~/kernel/plans";
import { api } from "~/trpc/client";
import type { DataTableFilter } from "~/ui/data-table";
import { useTableAddress } from "~/ui/table-address";
import { ORG_STATES, OrganizationsInput, type OrganizationRow } from "../schema";
import { ConsoleList } from "./console-list";
import { ORGANIZATIONS } from "./headings";
import { organizationColumns } from "./organization-columns";
import { planLabel, STATE_LOOKS } from "./words";

const FILTERS = ["plan", "state"];
const CHOICES: DataTableFilter[] = [
  {
    key: "plan",
    label: "Plan",
    anyLabel: "Any plan",
    options: PLANS.map((value) => ({ value, label: planLabel(value) })),
  },
  {
    key: "state",
    label: "State",
    anyLabel: "Any state",
    options: ORG_STATES.map((value) => ({ value, label: STATE_LOOKS[value].label })),
  },
];

export function OrganizationsPage() {
  const address = useTableAddress(FILTERS);
  const input = listInput(OrganizationsInput, address.asked);
  const page = api.admin.organizations.useQuery(input, { placeholderData: keepPreviousData });
  return (
    <ConsoleList<OrganizationRow>
      heading={ORGANIZATIONS}
      page={page}
      nouns={{ one: "organization", many: "organizations" }}
      columns={organizationColumns}
      address={address}
      defaultSort="-created"
      rowHref={({ id }) => `/admin/organizations/${id}`}
      rowName={({ name }) => name}
      search={{ label: "Search organizations", placeholder: "Name or address" }}
      filters={CHOICES}
      empty={{
        title: "No organization yet",
        description: "Whoever signs up founds the first one; it appears here at once.",
        sample: {
          icon: <Building2 aria-hidden />,
          title: "Northwind",
          detail: "Pro, 4 members",
          state: "Active",
        },
      }}
    />
  );
}
