"use client";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { CursorPages, useCursorPages } from "~/ui/cursor-pages";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { Select } from "~/ui/select";
import type { InboxInput, InboxItem } from "../../schema";
import { EventDialog } from "./event-dialog";
import { Nothing, ZONE } from "./money";

const INBOX_STATES: { value: InboxInput["state"]; label: string }[] = [
  { value: "all", label: "All events" },
  { value: "received", label: "Waiting" },
  { value: "failed", label: "Failed" },
  { value: "handled", label: "Handled" },
  { value: "ignored", label: "Ignored" },
];
const STATE_TONES = {
  received: "info",
  handled: "positive",
  ignored: "neutral",
  failed: "negative",
} as const;
const STATE_LABELS = {
  received: "Waiting",
  handled: "Handled",
  ignored: "Ignored",
  failed: "Failed",
} as const;

export function InboxCard() {
  const [state, setState] = useState<InboxInput["state"]>("all");
  const pages = useCursorPages();
  const [openId, setOpenId] = useState<string | null>(null);
  const { data, isPending, error } = api.billing.revenue.inbox.useQuery({ state, cursor: pages.cursor });
  const columns: DataListColumn<InboxItem>[] = [
    {
      key: "type",
      label: "Event",
      cell: ({ type, organization }) => (
        <span className="flex flex-col py-1">
          <span className="break-all">{type}</span>
          <span className="text-sm text-ink-soft">{organization ?? "No organization"}</span>
        </span>
      ),
    },
    {
      key: "state",
      label: "State",
      width: "7rem",
      cell: (row) => <Badge tone={STATE_TONES[row.state]}>{STATE_LABELS[row.state]}</Badge>,
    },
    {
      key: "attempts",
      label: "Tries",
      align: "end",
      width: "5rem",
      cell: ({ attempts }) => <FormattedNumber value={attempts} />,
    },
    {
      key: "received",
      label: "Received",
      width: "9rem",
      cell: ({ receivedAt }) => <RelativeTime at={receivedAt} timeZone={ZONE} />,
    },
    {
      key: "act",
      label: "Look",
      labelHidden: true,
      align: "end",
      width: "6rem",
      onCard: "beside",
      cell: ({ id, type }) => (
        <Button size="small" aria-label={`Open ${type}`} onClick={() => setOpenId(id)}>
          Open
        </Button>
      ),
    },
  ];
  return (
    <Card aria-label="Events of Stripe">
      <CardHeader
        title="Events of Stripe"
        description="Stored as they came, once each. Replaying reads what is true now, so it never harms."
        actions={
          <Select
            aria-label="State"
            value={state}
            onValueChange={(next) => {
              setState(next as InboxInput["state"]);
              pages.restart();
            }}
            options={INBOX_STATES}
          />
        }
      />
      {error ? (
        <Nothing>{refusalOf(error).message}</Nothing>
      ) : data?.items.length === 0 ? (
        <Nothing>No events.</Nothing>
      ) : (
        <DataList
          label="Events of Stripe"
          frame="plain"
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          loadingRows={isPending ? 5 : 0}
          footer={<CursorPages pages={pages} nextCursor={data?.nextCursor} />}
        />
      )}
      {openId && <EventDialog id={openId} onClose={() => setOpenId(null)} />}
    </Card>
  );
}
