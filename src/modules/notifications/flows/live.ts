/** How many are unread, told live beside another stream (design decision 24). */
import type { OrgActor } from "~/kernel/actor";
import { databaseListener } from "~/server/db/listener";
import { readUser } from "~/server/db/with-user";
import type { LiveAside } from "~/server/http/live-stream";
import type { Unread } from "../schema";
import { countUnread } from "../service";

/** Tells `notification` with an `Unread` whenever it has changed, also because another device marked something read. */
export function unreadAside({ orgId, userId, trace }: OrgActor, sessionId: string): LiveAside {
  let told: Unread | undefined;
  return {
    async read() {
      if (!userId) return [];
      const now = await readUser({ kind: "user", userId, sessionId, trace }, (scope) =>
        countUnread(scope, orgId),
      );
      if (told?.count === now.count && told.newestId === now.newestId) return [];
      told = now;
      return [{ event: "notification", data: now }];
    },
    listen: (wake) =>
      databaseListener().subscribe((heard) => {
        if (heard.kind === "reset" || (heard.kind === "notification" && heard.orgId === orgId)) wake();
      }),
  };
}
