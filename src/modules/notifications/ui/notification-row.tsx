"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { classNames } from "~/ui/class-names";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import type { NotificationItem } from "../schema";
import { faceOf } from "./words";

/** One notification; following it marks it read. */
export function NotificationRow({ item, onOpen }: { item: NotificationItem; onOpen: () => void }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const { icon, title, detail, path } = faceOf(item);
  return (
    <PageLink
      href={`/o/${slug}${path}`}
      onClick={onOpen}
      className={classNames(
        "flex items-start gap-3 px-4 py-3 -outline-offset-2! transition-colors hover:bg-ink/3 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0",
        !item.isRead && "bg-accent/5",
      )}
    >
      {icon}
      <span className="min-w-0 grow">
        <span className={classNames("block text-base text-ink", !item.isRead && "font-medium")}>
          {title}
          {!item.isRead && <span className="sr-only"> (unread)</span>}
        </span>
        <span className="block text-sm text-ink-soft">{detail}</span>
        <span className="block text-xs text-ink-faint">
          <RelativeTime at={item.createdAt} timeZone={timeZone} />
        </span>
      </span>
      {!item.isRead && <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-accent" />}
    </PageLink>
  );
}
