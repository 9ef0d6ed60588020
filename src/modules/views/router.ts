/** Saved views' tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { withTenant } from "~/server/db/with-tenant";
import { withUser } from "~/server/db/with-user";
import { Done, done, orgProcedure, router } from "~/server/trpc/procedures";
import { openedView, share, viewsOf } from "./flows";
import {
  ChangeViewInput,
  KeepViewInput,
  ListInput,
  OpenedView,
  SetDefaultInput,
  ShareViewInput,
  ViewId,
  Views,
} from "./schema";
import {
  changeOwnView,
  changeSharedView,
  deleteOwnView,
  deleteSharedView,
  keepView,
  setDefault,
} from "./service";

/** One's own: every member has some. */
const own = orgProcedure.meta({ permission: "view.read" });
const sharing = orgProcedure.meta({ permission: "view.share" });

export const viewsRouter = router({
  list: own
    .input(ListInput)
    .output(Views)
    .query(({ ctx, input }) => viewsOf(ctx, input.list)),
  opened: own
    .input(ListInput)
    .output(OpenedView)
    .query(({ ctx, input }) => openedView(ctx, input.list)),
  keep: own
    .input(KeepViewInput)
    .output(ViewId)
    .mutation(({ ctx, input }) => withUser(ctx.person, (scope) => keepView(scope, ctx.actor.orgId, input))),
  change: own
    .input(ChangeViewInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withUser(ctx.person, (scope) => changeOwnView(scope, ctx.actor.orgId, input)).then(() => done),
    ),
  delete: own
    .input(ViewId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withUser(ctx.person, (scope) => deleteOwnView(scope, ctx.actor.orgId, input.id)).then(() => done),
    ),
  setDefault: own
    .input(SetDefaultInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withUser(ctx.person, (scope) => setDefault(scope, ctx.actor.orgId, input)).then(() => done),
    ),
  share: sharing
    .input(ShareViewInput)
    .output(ViewId)
    .mutation(({ ctx, input }) => share(ctx, input)),
  changeShared: sharing
    .input(ChangeViewInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => changeSharedView(scope, input)).then(() => done),
    ),
  deleteShared: sharing
    .input(ViewId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => deleteSharedView(scope, input.id)).then(() => done),
    ),
});
