"use client";
import { Bell, CheckCheck, CircleCheck, UserPlus } from "lucide-react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { NoResults } from "~/ui/no-results";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { Pagination } from "~/ui/pagination";
import { TabLinks } from "~/ui/tab-links";
import { MOST_COUNTED } from "../rules";
import type { ListNotificationsInput } from "../schema";
import { NotificationRow } from "./notification-row";
import { useMarkRead, useUnread } from "./use-notifications";

/** All that one was told here in 90 days. `input` comes from the address. */
export function NotificationsPage({ input }: { input: ListNotificationsInput }) {
  const { slug } = useTenancy().currentOrganization;
  const [page] = api.notifications.list.useSuspenseQuery(input);
  const unread = useUnread();
  const markRead = useMarkRead();
  const path = `/o/${slug}/notifications`;
  const only = input.only === "unread" ? "?only=unread" : "";
  const after = (cursor: string) =>
    `${path}?${new URLSearchParams({ ...(only && { only: "unread" }), after: cursor })}`;
  const newestId = unread?.newestId;
  return (
    <>
      <PageHeader
        title="Notifications"
        description="What happened here that concerns you, for 90 days."
        actions={
          unread !== undefined &&
          unread.count > 0 &&
          newestId &&
          markRead.mayMark && (
            <Button
              icon={<CheckCheck aria-hidden />}
              loading={markRead.isPending}
              onClick={() => markRead.mark({ upToId: newestId })}
            >
              Mark all read
            </Button>
          )
        }
      >
        <TabLinks
          label="Which notifications"
          items={[
            { href: path, label: "All", exact: true, active: input.only === "all" },
            {
              href: `${path}?only=unread`,
              label: "Unread",
              badge: unread?.count ? (
                <Badge>{unread.count >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : unread.count}</Badge>
              ) : undefined,
              active: input.only === "unread",
            },
          ]}
        />
      </PageHeader>
      {page.items.length === 0 && input.only === "unread" ? (
        <NoResults
          title="Nothing is unread"
          filters={["Unread"]}
          clear={
            <Button asChild>
              <PageLink href={path}>Show all notifications</PageLink>
            </Button>
          }
        />
      ) : page.items.length === 0 ? (
        <EmptyState
          title="Nothing has happened yet"
          description="When a job of yours ends, somebody accepts your invitation or your role changes, you read it here."
          sample={
            <SampleRows
              rows={[
                {
                  icon: <CircleCheck />,
                  title: "Import is done",
                  detail: "Your job has completed.",
                  state: "Now",
                },
                {
                  icon: <UserPlus />,
                  title: "Grace has joined",
                  detail: "Your invitation was accepted.",
                  state: "Now",
                },
                {
                  icon: <Bell />,
                  title: "Your role is Admin now",
                  detail: "Your role was changed.",
                  state: "Now",
                },
              ]}
            />
          }
        />
      ) : (
        <Card aria-label="Notifications">
          <ul className="divide-y divide-line">
            {page.items.map((item) => (
              <li key={item.id}>
                <NotificationRow
                  item={item}
                  onOpen={() => {
                    if (!item.isRead) markRead.mark({ ids: [item.id] });
                  }}
                />
              </li>
            ))}
          </ul>
          <div className="border-t border-line px-3 py-2">
            <Pagination
              label="Pages of notifications"
              previousHref={input.cursor ? `${path}${only}` : null}
              previousLabel="First page"
              nextHref={page.nextCursor && after(page.nextCursor)}
            />
          </div>
        </Card>
      )}
    </>
  );
}
