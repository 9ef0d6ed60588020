"use client";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { DescriptionList } from "~/ui/description-list";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { spanWords } from "../rules";
import type { Health } from "../schema";
import { Failed, Loading } from "./failed";
import { HEALTH } from "./headings";
import { HealthList } from "./health-list";
import { ZONE } from "./zone";

const LIVE_MS = 10_000;

export function HealthPage() {
  const { data, error, refetch } = api.admin.health.useQuery(undefined, { refetchInterval: LIVE_MS });
  return (
    <>
      <PageHeader {...HEALTH} />
      {error && !data ? (
        <Failed what="The system’s health" error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <div className="flex flex-col gap-6">
          <Card aria-label="Parts">
            <CardHeader
              title="Parts"
              description="What answers, and what waits longest. What is wrong stands first."
            />
            <HealthList lines={data.lines} />
          </Card>
          <div className="grid gap-6 xl:grid-cols-2">
            <Queues queues={data.queues} />
            <Database health={data} />
          </div>
          <Slow slow={data.slow} />
        </div>
      )}
    </>
  );
}

function Queues({ queues }: { queues: Health["queues"] }) {
  const columns: DataListColumn<Health["queues"][number]>[] = [
    { key: "queue", label: "Queue", cell: ({ queue }) => <span className="font-mono text-sm">{queue}</span> },
    {
      key: "waiting",
      label: "Waiting",
      align: "end",
      width: "6rem",
      cell: ({ waiting }) => <FormattedNumber value={waiting} />,
    },
    {
      key: "running",
      label: "Running",
      align: "end",
      width: "6rem",
      cell: ({ running }) => <FormattedNumber value={running} />,
    },
    {
      key: "oldest",
      label: "Longest wait",
      align: "end",
      width: "8rem",
      from: "wide",
      cell: ({ oldestWaitSeconds }) => (oldestWaitSeconds > 0 ? spanWords(oldestWaitSeconds) : ""),
    },
  ];
  return (
    <Card aria-label="Queues" className="self-start">
      <CardHeader title="Queues" description="Jobs that are not finished." />
      {queues.length === 0 ? (
        <CardBody>
          <p className="text-base text-ink-soft">Every queue is empty.</p>
        </CardBody>
      ) : (
        <DataList
          label="Queues"
          frame="plain"
          columns={columns}
          rows={queues}
          rowKey={({ queue }) => queue}
        />
      )}
    </Card>
  );
}

function Database({ health: { connections, migrations } }: { health: Health }) {
  const { applied, last, lastAt, pending } = migrations;
  const used = connections.byRole.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card aria-label="Database" className="self-start">
      <CardHeader title="Database" description="Connections and migrations." />
      <CardBody className="flex flex-col gap-4">
        {pending !== null && pending.length > 0 && (
          <Banner
            tone="caution"
            title={
              pending.length === 1 ? "A migration is pending" : `${pending.length} migrations are pending`
            }
          >
            {pending.join(", ")}
          </Banner>
        )}
        <DescriptionList
          items={[
            { term: "Connections", value: `${used} of ${connections.most}` },
            ...connections.byRole.map(({ role, count }) => ({
              key: role,
              term: <span className="ps-4">{role}</span>,
              value: count,
            })),
            { term: "Migrations applied", value: applied },
            {
              term: "The last one",
              value:
                last && lastAt ? (
                  <>
                    {last}, <RelativeTime at={lastAt} timeZone={ZONE} />
                  </>
                ) : (
                  "None"
                ),
            },
            {
              term: "Pending",
              value:
                pending === null
                  ? "Not known: this build came without the folder of migrations."
                  : pending.length === 0
                    ? "None"
                    : pending.length,
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}

type SlowRow = NonNullable<Health["slow"]>[number];
function Slow({ slow }: { slow: Health["slow"] }) {
  // Always one digit after the point, so that the points stand under each other.
  const ms = (value: number) => (
    <FormattedNumber value={value} minimumFractionDigits={1} maximumFractionDigits={1} unit="ms" />
  );
  const columns: DataListColumn<SlowRow>[] = [
    {
      key: "query",
      label: "Statement",
      cell: ({ query }) => <span className="font-mono text-xs break-words whitespace-normal">{query}</span>,
    },
    { key: "mean", label: "Mean", align: "end", width: "7rem", cell: ({ meanMs }) => ms(meanMs) },
    {
      key: "calls",
      label: "Calls",
      align: "end",
      width: "6rem",
      from: "wide",
      cell: ({ calls }) => <FormattedNumber value={calls} />,
    },
    {
      key: "total",
      label: "In all",
      align: "end",
      width: "8rem",
      from: "wide",
      cell: ({ totalMs }) => ms(totalMs),
    },
  ];
  return (
    <Card aria-label="Slow statements">
      <CardHeader
        title="Slow statements"
        description="By their mean time since statistics were last reset, of those run five times or more."
      />
      {slow === null ? (
        <CardBody>
          <p className="text-base text-ink-soft">
            The server has no pg_stat_statements. Add it to shared_preload_libraries, and create the extension
            as a superuser.
          </p>
        </CardBody>
      ) : slow.length === 0 ? (
        <CardBody>
          <p className="text-base text-ink-soft">No statement ran often enough yet.</p>
        </CardBody>
      ) : (
        <DataList
          label="Slow statements"
          frame="plain"
          columns={columns}
          rows={slow}
          rowKey={({ id }) => id}
        />
      )}
    </Card>
  );
}
