"use client";
import { Bell } from "lucide-react";
import { IconButton } from "~/ui/icon-button";
import { LateOverlay } from "~/ui/late-overlay";
import { MOST_COUNTED } from "../rules";
import { useUnread } from "./use-notifications";

const panel = () => import("./notification-panel").then((room) => room.NotificationPanel);

/** The bell of the top bar: how many are unread, live, and the latest of them. */
export function NotificationBell() {
  const unread = useUnread();
  const count = unread?.count ?? 0;
  const shownCount = count >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : String(count);
  return (
    <LateOverlay opens="dialog" load={panel} given={{ unread }}>
      <IconButton
        label={count > 0 ? `Notifications, ${shownCount} unread` : "Notifications"}
        tooltip={false}
        className="relative"
        icon={
          <>
            <Bell />
            {count > 0 && (
              <span
                aria-hidden
                className="absolute end-0 top-0 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[0.625rem] leading-none font-semibold text-accent-ink tabular-nums ring-2 ring-surface pointer-coarse:end-1 pointer-coarse:top-1"
              >
                {shownCount}
              </span>
            )}
          </>
        }
      />
    </LateOverlay>
  );
}
