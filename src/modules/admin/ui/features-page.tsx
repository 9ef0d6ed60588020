"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { FEATURE_NAMES, FEATURES } from "~/kernel/features";
import { listInput } from "~/kernel/paging";
import { api } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { classNames } from "~/ui/class-names";
import { EmptyState } from "~/ui/empty-state";
import { FilterBar } from "~/ui/filter-bar";
import { useFocusKept } from "~/ui/focus-kept";
import { NoResults } from "~/ui/no-results";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { Pagination } from "~/ui/pagination";
import { useTableAddress } from "~/ui/table-address";
import { Button } from "~/ui/button";
import { FeaturesInput, type FeatureCell, type FeatureRow } from "../schema";
import { Failed, Loading } from "./failed";
import { FeatureDialog } from "./feature-dialog";
import { FEATURES as HEADING } from "./headings";
import { planLabel } from "./words";

const NO_FILTERS: string[] = [];
/** Why, as a letter beside the state: colour says nothing alone. */
const BY: Record<FeatureCell["by"], { letter: string; words: string }> = {
  kill_switch: { letter: "K", words: "kill switch" },
  override: { letter: "S", words: "set by staff" },
  plan: { letter: "P", words: "plan" },
  default: { letter: "D", words: "default" },
};

export function FeaturesPage() {
  const address = useTableAddress(NO_FILTERS);
  const page = api.admin.features.useQuery(listInput(FeaturesInput, address.asked), {
    placeholderData: keepPreviousData,
  });
  const [open, setOpen] = useState<{ org: FeatureRow; feature: FeatureCell["feature"] } | null>(null);
  const { data, error, refetch } = page;
  const results = useRef<HTMLDivElement>(null);
  useFocusKept(results);
  return (
    <>
      <PageHeader {...HEADING} />
      {data && data.killed.length > 0 && (
        <Banner tone="caution" title="Kill switches are pulled" className="mb-4">
          {data.killed.map((feature) => FEATURES[feature].label).join(", ")}: off for everybody, by a setting
          of the process.
        </Banner>
      )}
      <FilterBar
        label="Filters"
        search={{
          value: address.search,
          onChange: (search) => address.change({ search }),
          label: "Search organizations",
          placeholder: "Name or address",
        }}
        selects={[]}
        onClear={() => address.change({ search: "" })}
      />
      <div ref={results} tabIndex={-1} data-table-list="" className="rounded-lg">
        {error && !data ? (
          <Failed what="The features" error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Loading />
        ) : data.items.length === 0 ? (
          address.search ? (
            <NoResults
              title="No organization matches"
              filters={[`“${address.search}”`]}
              clear={<Button onClick={() => address.change({ search: "" })}>Show all organizations</Button>}
            />
          ) : (
            <EmptyState
              title="No organization yet"
              description="Each has a line here, with what it has switched on."
            />
          )
        ) : (
          <>
            <Matrix rows={data.items} onOpen={(org, feature) => setOpen({ org, feature })} />
            <p className="mt-2 text-sm text-ink-soft">
              Why:{" "}
              {Object.values(BY)
                .map(({ letter, words }) => `${letter} ${words}`)
                .join(", ")}
              . Press a state to see who set it, or to change it.
            </p>
            {(address.after !== null || data.nextCursor !== null) && (
              <Pagination
                label="Pages of organizations"
                previousHref={
                  address.after === null ? null : address.hrefOf({ after: address.pageBefore ?? null })
                }
                nextHref={data.nextCursor === null ? null : address.hrefOf({ after: data.nextCursor })}
                summary={`${data.items.length} ${data.items.length === 1 ? "organization" : "organizations"}`}
              />
            )}
          </>
        )}
      </div>
      {open && <FeatureDialog org={open.org} feature={open.feature} onClose={() => setOpen(null)} />}
    </>
  );
}

function Matrix({
  rows,
  onOpen,
}: {
  rows: FeatureRow[];
  onOpen: (org: FeatureRow, feature: FeatureCell["feature"]) => void;
}) {
  return (
    <div
      role="region"
      aria-label="Features by organization"
      tabIndex={0}
      // A browser leaves alone what it sees the half of; and none may hide below the names that stay.
      onFocus={({ target, currentTarget }) =>
        target !== currentTarget && target.scrollIntoView({ block: "nearest", inline: "nearest" })
      }
      style={{ scrollPaddingInlineStart: "12.5rem" }}
      className="overflow-x-auto rounded-lg border border-line"
    >
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line bg-canvas text-ink-soft">
            <th
              scope="col"
              className="sticky start-0 z-10 min-w-36 bg-canvas px-3 py-2 text-start font-medium"
            >
              Organization
            </th>
            {FEATURE_NAMES.map((feature) => (
              <th
                key={feature}
                scope="col"
                className="w-20 min-w-20 px-1 py-2 text-center align-bottom text-xs font-medium"
              >
                {FEATURES[feature].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((org) => (
            <tr key={org.id} className="hover:bg-ink/2">
              <th
                scope="row"
                className="sticky start-0 z-10 max-w-48 bg-surface px-3 py-1 text-start font-normal"
              >
                <PageLink
                  href={`/admin/organizations/${org.id}`}
                  className="block truncate text-base text-ink hover:underline pointer-coarse:py-2"
                >
                  {org.name}
                </PageLink>
                <span className="text-xs text-ink-faint">
                  {planLabel(org.plan)}
                  {org.isOnTrial && ", on trial"}
                </span>
              </th>
              {org.cells.map((cell) => (
                <td key={cell.feature} className="px-1 py-1 text-center">
                  <Cell org={org} cell={cell} onOpen={() => onOpen(org, cell.feature)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Cell({
  org,
  cell: { feature, isOn, by },
  onOpen,
}: {
  org: { name: string };
  cell: FeatureCell;
  onOpen: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className={classNames(
        "relative inline-flex h-7 min-w-12 items-center justify-center gap-1 rounded-md px-2 text-xs -outline-offset-2! hover:bg-ink/5 pointer-coarse:h-control",
        isOn ? "font-medium text-positive" : "text-ink-soft",
      )}
    >
      {isOn ? "On" : "Off"}
      <span className="sr-only">
        : {BY[by].words}, {FEATURES[feature].label} for {org.name}
      </span>
      <span aria-hidden>
        <Badge tone={by === "override" ? "accent" : by === "kill_switch" ? "negative" : "neutral"}>
          {BY[by].letter}
        </Badge>
      </span>
    </button>
  );
}
