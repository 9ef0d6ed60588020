"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import { listInput } from "~/kernel/paging";
import { ROLE_WORDS, ROLES } from "~/kernel/roles";
import { ViewMenu } from "~/modules/views/ui";
import { api, failureOf } from "~/trpc/client";
import { DataTable, type DataTableColumn } from "~/ui/data-table";
import { useTableAddress } from "~/ui/table-address";
import { ListMembersInput, type Member } from "../schema";
import { memberColumns } from "./list-columns";
import { MemberActions } from "./member-actions";
import { useTenancy } from "./tenancy-context";

const FILTERS = ["role"];
const ROLE_FILTER = {
  key: "role",
  label: "Role",
  anyLabel: "Any role",
  options: ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].label })),
};
const ACTIONS: DataTableColumn<Member> = {
  key: "actions",
  label: "Actions",
  labelHidden: true,
  width: "3rem",
  align: "end",
  cell: (member) => <MemberActions member={member} />,
};

/** Search, filter, columns and page are kept in the address. `tools` stand at the end of the toolbar. */
export function MembersPage({ tools }: { tools?: ReactNode }) {
  const { timeZone } = useTenancy().currentOrganization;
  const address = useTableAddress(FILTERS);
  const page = api.tenancy.members.useQuery(listInput(ListMembersInput, address.asked), {
    placeholderData: keepPreviousData,
  });
  const columns = useMemo(() => [...memberColumns(timeZone), ACTIONS], [timeZone]);
  return (
    <DataTable<Member>
      nouns={{ one: "member", many: "members" }}
      columns={columns}
      address={address}
      page={page.data}
      isStale={page.isPlaceholderData}
      failure={failureOf(page)}
      total={page.data?.total}
      rowKey={({ userId }) => userId}
      search={{ label: "Search members", placeholder: "Name or mail address" }}
      filters={[ROLE_FILTER]}
      tools={
        <>
          <ViewMenu list="members" noun="members" columns={columns.map(({ key }) => key)} address={address} />
          {tools}
        </>
      }
      // Nobody looks at this without being a member.
      empty={null}
    />
  );
}
