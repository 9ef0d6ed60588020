"use client";
import { useState } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import type { OverlayProps } from "~/ui/late-overlay";
import { Link } from "~/ui/link";
import { Popover, PopoverContent, PopoverTrigger } from "~/ui/popover";
import { Skeleton } from "~/ui/skeleton";
import type { Unread } from "../schema";
import { NotificationRow } from "./notification-row";
import { useMarkRead } from "./use-notifications";

const LATEST = 8;

/** What the bell opens: the latest, and the way to all. */
export function NotificationPanel({ unread, trigger }: { unread: Unread | undefined } & OverlayProps) {
  const { slug } = useTenancy().currentOrganization;
  const [open, setOpen] = useState(false);
  const markRead = useMarkRead();
  const count = unread?.count ?? 0;
  const newestId = unread?.newestId;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger>{trigger}</PopoverTrigger>
      <PopoverContent label="Notifications">
        <div className="flex min-h-12 items-center justify-between gap-2 border-b border-line ps-4 pe-2">
          <h2 className="text-base font-semibold text-ink">Notifications</h2>
          {count > 0 && newestId && markRead.mayMark && (
            <Button
              size="small"
              variant="ghost"
              loading={markRead.isPending}
              onClick={() => markRead.mark({ upToId: newestId })}
            >
              Mark all read
            </Button>
          )}
        </div>
        <div className="min-h-0 grow overflow-y-auto overscroll-contain">
          <Latest onOpen={() => setOpen(false)} />
        </div>
        <div className="border-t border-line px-4 py-2.5 text-sm">
          <Link href={`/o/${slug}/notifications`} onClick={() => setOpen(false)}>
            See all notifications
          </Link>
        </div>
      </PopoverContent>
    </Popover>
  );
}

function Latest({ onOpen }: { onOpen: () => void }) {
  const { data, isError, refetch } = api.notifications.list.useQuery({ limit: LATEST });
  const markRead = useMarkRead();
  if (isError) {
    return (
      <div role="alert" className="flex items-center justify-between gap-3 px-4 py-6 text-sm text-ink-soft">
        They could not be read just now.
        <Button size="small" onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (!data) {
    return (
      <div aria-busy className="flex flex-col gap-5 px-4 py-4">
        {[0, 1, 2].map((at) => (
          <div key={at} className="flex flex-col gap-2">
            <Skeleton className="w-2/3" />
            <Skeleton className="w-1/3" />
          </div>
        ))}
      </div>
    );
  }
  if (data.items.length === 0) {
    return (
      <p className="px-4 py-8 text-center text-sm text-ink-soft">
        Nothing yet. When a job of yours ends, or somebody accepts your invitation, it stands here.
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {data.items.map((item) => (
        <li key={item.id}>
          <NotificationRow
            item={item}
            onOpen={() => {
              if (!item.isRead) markRead.mark({ ids: [item.id] });
              onOpen();
            }}
          />
        </li>
      ))}
    </ul>
  );
}
