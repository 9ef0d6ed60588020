"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { KeyRound, UserCog, UserPlus } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { listInput } from "~/kernel/paging";
import { api, failureOf } from "~/trpc/client";
import { DataTable, type DataTableFilter } from "~/ui/data-table";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { Input } from "~/ui/input";
import { PageHeader } from "~/ui/page-header";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { useTableAddress, type TableAddress } from "~/ui/table-address";
import { GROUP_NAMES, GROUPS } from "../rules";
import { AuditListInput, PLATFORM, type AuditItem } from "../schema";
import { actorName } from "./actor-name";
import { auditColumns } from "./audit-columns";
import { AuditPeek } from "./audit-peek";
import { ChainLine } from "./chain-line";
import { AUDIT, AUDIT_FILTERS, NOUNS } from "./list-heading";

type Props = {
  /** Slug and time zone of the organization: this slice stands below those that know them. */
  org: { slug: string; timeZone: string };
  /** At the end of the toolbar: export. */
  tools?: ReactNode;
};

/** Search, filters, columns, page and the entry looked at are kept in the address. */
export function AuditPage({ org: { slug, timeZone }, tools }: Props) {
  const address = useTableAddress(AUDIT_FILTERS);
  const input = listInput(AuditListInput, address.asked);
  const page = api.audit.list.useQuery(input, { placeholderData: keepPreviousData });
  const columns = useMemo(() => auditColumns(timeZone), [timeZone]);
  const filters = useFilters(address, page.data?.items);
  const peek = usePeek();
  const orgPath = `/o/${slug}`;
  const path = `${orgPath}/settings/audit`;
  return (
    <>
      <PageHeader {...AUDIT} />
      <ChainLine timeZone={timeZone} />
      <DataTable<AuditItem>
        nouns={NOUNS}
        columns={columns}
        address={address}
        page={page.data}
        isStale={page.isPlaceholderData}
        failure={failureOf(page)}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${path}?peek=${id}`}
        onRowClick={(event, { id }) => peek.follow(event, id)}
        rowName={(entry) => `${actorName(entry)} ${entry.deed}`}
        isCurrent={({ id }) => id === peek.id}
        search={{ label: "Search the log", placeholder: "Name, act or id" }}
        filters={filters}
        tools={
          <>
            <Days address={address} />
            {tools}
          </>
        }
        empty={<Empty />}
      />
      <PeekPanel peek={peek} label="Entry" ids={page.data?.items.map(({ id }) => id) ?? []}>
        {(id) => <AuditPeek id={id} path={path} orgPath={orgPath} timeZone={timeZone} />}
      </PeekPanel>
    </>
  );
}

const GROUP_FILTER: DataTableFilter = {
  key: "group",
  label: "Kind of act",
  anyLabel: "Any act",
  options: GROUP_NAMES.map((name) => ({ value: name, label: GROUPS[name].label })),
};
const REFUSAL_FILTER: DataTableFilter = {
  key: "refusals",
  label: "Outcome",
  anyLabel: "Done and refused",
  options: [{ value: "only", label: "Refused only" }],
};

function useFilters(address: TableAddress, shown: AuditItem[] | undefined): DataTableFilter[] {
  const { data: people = [] } = api.audit.people.useQuery(undefined, { staleTime: 60_000 });
  const { person, target } = address.filters;
  return useMemo(() => {
    const isUnknown = person && person !== PLATFORM && !people.some(({ id }) => id === person);
    const targetLabel = shown?.find((entry) => entry.target?.id === target)?.target?.label;
    return [
      {
        key: "person",
        label: "Person",
        anyLabel: "Anybody",
        options: [
          ...people.map(({ id, name }) => ({ value: id, label: name })),
          ...(isUnknown ? [{ value: person, label: "A former member" }] : []),
          { value: PLATFORM, label: "The platform" },
        ],
      },
      GROUP_FILTER,
      REFUSAL_FILTER,
      // Comes from the address alone: "Everything about this".
      ...(target
        ? [
            {
              key: "target",
              label: "Thing",
              anyLabel: "Anything",
              options: [{ value: target, label: targetLabel ?? `${target.slice(0, 8)}…` }],
            },
          ]
        : []),
    ];
  }, [people, person, target, shown]);
}

/** From and to, in days of the organization's time zone. */
function Days({ address }: { address: TableAddress }) {
  const day = (key: "from" | "to", label: string) => (
    <label className="flex items-center gap-1.5 text-sm text-ink-soft">
      {label}
      <Input
        type="date"
        value={address.filters[key] ?? ""}
        min={key === "to" ? (address.filters.from ?? undefined) : undefined}
        max={key === "from" ? (address.filters.to ?? undefined) : undefined}
        onChange={({ target }) => address.change({ filters: { [key]: target.value || null } })}
        className="w-36"
      />
    </label>
  );
  return (
    <span className="flex flex-wrap items-center gap-2">
      {day("from", "From")}
      {day("to", "to")}
    </span>
  );
}

const Empty = () => (
  <EmptyState
    title="Nothing has happened yet"
    description="Every change, sign of access and refused attempt in this organization is written here, with who did it and from where."
    sample={
      <SampleRows
        rows={[
          {
            icon: <UserPlus aria-hidden />,
            title: "Ada invited ben@example.com",
            detail: "as member",
            state: "People",
          },
          {
            icon: <UserCog aria-hidden />,
            title: "Ada changed the role of Ben",
            detail: "from member to admin",
            state: "People",
          },
          {
            icon: <KeyRound aria-hidden />,
            title: "Ben created an API key",
            detail: "for the website",
            state: "Access",
          },
        ]}
      />
    }
  />
);
