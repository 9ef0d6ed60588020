"use client";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import type { Key, KeySession, NewKey } from "../schema";
import { CreateKey } from "./create-key";
import { KeyActions } from "./key-actions";
import { keyColumns } from "./key-columns";
import { NewKeyDialog } from "./new-key";

/** The keys of an organization: what programs come in with. */
export function KeysPage() {
  const { timeZone } = useTenancy().currentOrganization;
  const mayManage = useMay("key.manage");
  const [{ living, ended, most }] = api.apiKeys.list.useSuspenseQuery();
  const [made, setMade] = useState<NewKey>();
  const keys = api.useUtils().apiKeys;
  const show = (key: NewKey) => {
    setMade(key);
    void keys.list.invalidate();
  };
  const isFull = living.length >= most;
  const stopped = living.filter(({ createdBy }) => createdBy.role === null);
  const actions: DataListColumn<Key> = {
    key: "actions",
    label: "Actions",
    labelHidden: true,
    width: "10.5rem",
    align: "end",
    cell: (key) => <KeyActions apiKey={key} timeZone={timeZone} onMade={show} />,
  };
  const holders = living.flatMap((key) => key.sessions.map((session) => ({ ...session, key: key.name })));
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          <>
            Programs come in with a key and act for the member who made it, within its scopes and that
            member&apos;s role. <Link href="/docs/api">What they can do</Link>
          </>
        }
        actions={mayManage && living.length > 0 ? <CreateKey disabled={isFull} onMade={show} /> : undefined}
      />
      <NewKeyDialog made={made} onDone={() => setMade(undefined)} />
      <div className="flex flex-col gap-8">
        {isFull && (
          <Banner tone="caution" title={`All ${most} keys are in use`}>
            Revoke a key that is not used any more to make room for another one.
          </Banner>
        )}
        {stopped.length > 0 && (
          <Banner
            tone="caution"
            title={stopped.length === 1 ? "One key has stopped" : `${stopped.length} keys have stopped`}
          >
            A key stops when the member who made it leaves. Rotate it to go on with a key of your own, or
            revoke it.
          </Banner>
        )}
        {living.length > 0 ? (
          <DataList
            label="API keys"
            columns={mayManage ? [...keyColumns(timeZone), actions] : keyColumns(timeZone)}
            rows={living}
            rowKey={({ id }) => id}
          />
        ) : (
          <EmptyState
            title="No keys yet"
            description="With a key, your own programs read and write what is here over the REST API. Each program gets one of its own, with as little as it needs."
            sample={
              <SampleRows
                rows={[
                  {
                    icon: <KeyRound aria-hidden />,
                    title: "Warehouse sync",
                    detail: "crm:read",
                    state: "Active",
                  },
                  {
                    icon: <KeyRound aria-hidden />,
                    title: "Website form",
                    detail: "crm:write",
                    state: "Active",
                  },
                  {
                    icon: <KeyRound aria-hidden />,
                    title: "Nightly report",
                    detail: "usage:read",
                    state: "Expired",
                  },
                ]}
              />
            }
            action={mayManage && <CreateKey disabled={false} onMade={show} />}
          />
        )}
        {holders.length > 0 && <Holders holders={holders} timeZone={timeZone} />}
        {ended.length > 0 && (
          <section aria-labelledby="ended-keys" className="flex flex-col gap-3">
            <h2 id="ended-keys" className="text-lg font-semibold text-ink">
              Ended in the last 90 days
            </h2>
            <DataList
              label="Ended API keys"
              columns={keyColumns(timeZone, true)}
              rows={ended}
              rowKey={({ id }) => id}
            />
          </section>
        )}
      </div>
    </>
  );
}

type Holder = KeySession & { key: string };

/** Programs that exchanged a key for short-lived tokens. */
function Holders({ holders, timeZone }: { holders: Holder[]; timeZone: string }) {
  const columns: DataListColumn<Holder>[] = [
    {
      key: "program",
      label: "Program",
      cell: ({ userAgent }) => (
        <span className="[overflow-wrap:anywhere] text-ink">{userAgent ?? "Says nothing of itself"}</span>
      ),
    },
    { key: "key", label: "By key", width: "12rem", cell: ({ key }) => key },
    {
      key: "address",
      label: "Address",
      width: "11rem",
      from: "wider",
      cell: ({ address }) => <span className="font-mono text-sm break-all">{address ?? "Unknown"}</span>,
    },
    {
      key: "used",
      label: "Last used",
      width: "9rem",
      cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} timeZone={timeZone} />,
    },
    {
      key: "since",
      label: "Since",
      width: "9rem",
      from: "wide",
      cell: ({ startedAt }) => <RelativeTime at={startedAt} timeZone={timeZone} />,
    },
  ];
  return (
    <section aria-labelledby="token-holders" className="flex flex-col gap-3">
      <h2 id="token-holders" className="text-lg font-semibold text-ink">
        Programs that hold tokens
      </h2>
      <DataList label="Programs that hold tokens" columns={columns} rows={holders} rowKey={({ id }) => id} />
    </section>
  );
}
