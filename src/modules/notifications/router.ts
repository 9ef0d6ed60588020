/** Notifications' tRPC door: a person's own, in the organization they look at. */
import { z } from "zod";
import { readUser, withUser } from "~/server/db/with-user";
import { Done, done, orgProcedure, router } from "~/server/trpc/procedures";
import { listNotifications } from "./flows/read";
import { ListNotificationsInput, MarkReadInput, NotificationPage, Unread } from "./schema";
import { countUnread, markRead } from "./service";

export const notificationsRouter = router({
  list: orgProcedure
    .meta({ permission: "notification.read" })
    .input(ListNotificationsInput)
    .output(NotificationPage)
    .query(({ ctx, input }) => listNotifications(ctx.person, ctx.actor, input)),
  unread: orgProcedure
    .meta({ permission: "notification.read" })
    .input(z.void())
    .output(Unread)
    .query(({ ctx }) => readUser(ctx.person, (scope) => countUnread(scope, ctx.actor.orgId))),
  markRead: orgProcedure
    .meta({ permission: "notification.read" })
    .input(MarkReadInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withUser(ctx.person, (scope) => markRead(scope, ctx.actor.orgId, input)).then(() => done),
    ),
});
