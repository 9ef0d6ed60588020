"use client";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { ROLE_WORDS, ROLES, type Role } from "~/kernel/roles";
import { api } from "~/trpc/client";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { FilterBar } from "~/ui/filter-bar";
import { NoResults } from "~/ui/no-results";
import { Pagination } from "~/ui/pagination";
import { RelativeTime } from "~/ui/relative-time";
import type { ListMembersInput, Member } from "../schema";
import { MemberActions } from "./member-actions";
import { useTenancy } from "./tenancy-context";

/** `input` comes from the address, where filters and pages are kept. */
export function MembersPage({ input }: { input: ListMembersInput }) {
  const { currentOrganization } = useTenancy();
  const { timeZone } = currentOrganization;
  const [page] = api.tenancy.members.useSuspenseQuery(input);
  const { goTo, hrefOf, isPending } = useFilters(input);
  const columns: DataListColumn<Member>[] = [
    { key: "member", label: "Member", cell: (member) => <Who member={member} /> },
    {
      key: "role",
      label: "Role",
      width: "7rem",
      cell: ({ role }) => (
        <Badge tone={role === "owner" ? "accent" : "neutral"}>{ROLE_WORDS[role].label}</Badge>
      ),
    },
    {
      key: "joined",
      label: "Joined",
      width: "9rem",
      from: "wider",
      cell: ({ joinedAt }) => <RelativeTime at={joinedAt} timeZone={timeZone} />,
    },
    {
      key: "active",
      label: "Last active",
      width: "9rem",
      from: "wide",
      cell: ({ lastActiveAt }) =>
        lastActiveAt ? <RelativeTime at={lastActiveAt} timeZone={timeZone} /> : "Not yet",
    },
    {
      key: "actions",
      label: "Actions",
      labelHidden: true,
      width: "3rem",
      align: "end",
      cell: (member) => <MemberActions member={member} />,
    },
  ];
  const filters = [
    ...(input.search ? [`“${input.search}”`] : []),
    ...(input.role ? [`Role: ${ROLE_WORDS[input.role].label}`] : []),
  ];
  const clear = () => goTo({ search: undefined, role: undefined });
  return (
    <>
      <FilterBar
        label="Filter members"
        search={{
          value: input.search ?? "",
          onChange: (search) => goTo({ search: search || undefined }),
          label: "Search members",
          placeholder: "Name or mail address",
        }}
        selects={[
          {
            key: "role",
            label: "Role",
            value: input.role ?? null,
            onChange: (role) => goTo({ role: (role as Role | null) ?? undefined }),
            anyLabel: "Any role",
            options: ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].label })),
          },
        ]}
        onClear={clear}
      />
      {page.items.length === 0 ? (
        <NoResults
          title="No member matches"
          filters={filters}
          clear={<Button onClick={clear}>Show all members</Button>}
        />
      ) : (
        <DataList
          className={isPending ? "opacity-60 transition-opacity" : undefined}
          label="Members"
          columns={columns}
          rows={page.items}
          rowKey={({ userId }) => userId}
          footer={<Pages input={input} page={page} hrefOf={hrefOf} />}
        />
      )}
    </>
  );
}

function Pages({
  input,
  page,
  hrefOf,
}: {
  input: ListMembersInput;
  page: { total: number; nextCursor: string | null };
  hrefOf: (change: Filters) => string;
}) {
  const summary = page.total === 1 ? "1 member" : `${page.total} members`;
  if (!input.cursor && !page.nextCursor) return <p className="text-sm text-ink-soft">{summary}</p>;
  return (
    <Pagination
      label="Pages of members"
      previousHref={input.cursor ? hrefOf({ cursor: undefined }) : null}
      previousLabel="First page"
      nextHref={page.nextCursor && hrefOf({ cursor: page.nextCursor })}
      summary={summary}
    />
  );
}

function Who({ member: { userId, name, email, isYou } }: { member: Member }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5 py-1">
      <Avatar name={name ?? email} seed={userId} />
      <span className="flex min-w-0 flex-col">
        <span className="truncate">
          {name ?? email}
          {isYou && <span className="font-normal text-ink-soft"> (you)</span>}
        </span>
        {name && <span className="truncate text-sm font-normal text-ink-soft">{email}</span>}
      </span>
    </span>
  );
}

type Filters = { search?: string; role?: Role; cursor?: string };

/** The address is the state: filters change it, a reload or a shared link restores it. */
function useFilters(input: ListMembersInput) {
  const router = useRouter();
  const path = usePathname();
  const [isPending, start] = useTransition();
  const hrefOf = (change: Filters): string => {
    const { search, role, cursor } = { search: input.search, role: input.role, cursor: undefined, ...change };
    const query = new URLSearchParams();
    if (search) query.set("search", search);
    if (role) query.set("role", role);
    if (cursor) query.set("after", cursor);
    return query.size > 0 ? `${path}?${query}` : path;
  };
  const goTo = (change: Filters) => start(() => router.replace(hrefOf(change), { scroll: false }));
  return { hrefOf, goTo, isPending };
}
