"use client";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { Stat, StatRow } from "~/ui/stat";
import type { Overview } from "../schema";
import { Failed, Loading } from "./failed";
import { HealthList } from "./health-list";
import { OVERVIEW } from "./headings";
import { planLabel } from "./words";

/** Figures are asked for again this often while somebody looks. */
const LIVE_MS = 10_000;

export function OverviewPage() {
  const { data, error, refetch } = api.admin.overview.useQuery(undefined, { refetchInterval: LIVE_MS });
  return (
    <>
      <PageHeader {...OVERVIEW} />
      {error && !data ? (
        <Failed what="The overview" error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <div className="flex flex-col gap-6">
          <Figures of={data} />
          <div className="grid gap-6 xl:grid-cols-2">
            <Plans of={data} />
            <Card aria-label="Health">
              <CardHeader
                title="Health"
                description="What is wrong stands first."
                actions={
                  <Button size="small" asChild>
                    <PageLink href="/admin/health">Look closer</PageLink>
                  </Button>
                }
              />
              <HealthList lines={data.health} />
            </Card>
          </div>
        </div>
      )}
    </>
  );
}

const count = (value: number) => <FormattedNumber value={value} />;

function Figures({ of: { mrr, organizations, people, jobs } }: { of: Overview }) {
  return (
    <StatRow>
      <Stat
        label="Monthly recurring revenue"
        value={<FormattedNumber value={mrr} currency="USD" />}
        hint="Before tax and usage"
      />
      <Stat
        label="Organizations"
        value={count(organizations.total)}
        hint={`${organizations.newIn30Days} new in 30 days, ${organizations.suspended} suspended, ${organizations.deleting} being deleted`}
      />
      <Stat
        label="People"
        value={count(people.total)}
        hint={`${people.activeIn24Hours} active in 24 hours`}
      />
      <Stat
        label="Jobs under way"
        value={count(jobs.running)}
        hint={`${jobs.waiting} waiting; in 24 hours ${jobs.completedIn24Hours} completed, ${jobs.failedIn24Hours} failed`}
      />
    </StatRow>
  );
}

function Plans({ of: { plans } }: { of: Overview }) {
  const columns: DataListColumn<Overview["plans"][number]>[] = [
    { key: "plan", label: "Plan", cell: ({ plan }) => planLabel(plan) },
    {
      key: "organizations",
      label: "Organizations",
      align: "end",
      width: "8rem",
      cell: (row) => count(row.organizations),
    },
    {
      key: "paying",
      label: "Paying",
      align: "end",
      width: "6rem",
      from: "wide",
      cell: ({ paying }) => count(paying),
    },
    {
      key: "amount",
      label: "A month",
      align: "end",
      width: "8rem",
      cell: ({ amount }) => <FormattedNumber value={amount} currency="USD" />,
    },
  ];
  return (
    <Card aria-label="Plans" className="self-start">
      <CardHeader title="Plans" description="Who is on what, and what recurs each month." />
      <DataList label="Plans" frame="plain" columns={columns} rows={plans} rowKey={({ plan }) => plan} />
    </Card>
  );
}
