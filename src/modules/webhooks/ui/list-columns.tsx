import type { DataListColumn } from "~/ui/data-list";
import type { DataTableColumn } from "~/ui/data-table";
import { RelativeTime } from "~/ui/relative-time";
import type { Delivery, Endpoint } from "../schema";
import { DeliveryState, EndpointState, eventWords, outcomeWords, subscribedWords } from "./words";

export const endpointColumns = (timeZone: string): DataListColumn<Endpoint>[] => [
  {
    key: "url",
    label: "Address",
    cell: ({ url, description }) => (
      <span className="flex min-w-0 flex-col py-1">
        <span className="truncate">{description || url}</span>
        {description && <span className="truncate text-sm font-normal text-ink-soft">{url}</span>}
      </span>
    ),
  },
  { key: "events", label: "Events", width: "11rem", from: "wide", cell: subscribedWords },
  { key: "state", label: "State", width: "9rem", cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
  {
    key: "created",
    label: "Added",
    width: "9rem",
    from: "wider",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
  },
];

export const deliveryColumns = (timeZone: string): DataTableColumn<Delivery>[] => [
  { key: "event", label: "Event", cell: ({ eventType }) => eventWords(eventType) },
  { key: "state", label: "State", width: "9rem", cell: (delivery) => <DeliveryState delivery={delivery} /> },
  { key: "outcome", label: "Last answer", width: "30%", from: "wide", cell: outcomeWords },
  {
    key: "attempts",
    label: "Tries",
    width: "5rem",
    align: "end",
    from: "wide",
    cell: ({ attempts }) => attempts,
  },
  {
    key: "created",
    label: "When",
    width: "9rem",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
  },
];
