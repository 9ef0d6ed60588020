/** The keys page's tRPC door. Programs reach none of it. */
import { z } from "zod";
import { withTenant } from "~/server/db/with-tenant";
import { done, Done, orgProcedure, router } from "~/server/trpc/procedures";
import { keysOf, revoke, rotate } from "./flows";
import { CreateKeyInput, KeyInput, Keys, NewKey, RotateKeyInput } from "./schema";
import { createKey } from "./service";

const managed = orgProcedure.meta({ permission: "key.manage" });

export const apiKeysRouter = router({
  list: orgProcedure
    .meta({ permission: "key.read" })
    .input(z.void())
    .output(Keys)
    .query(({ ctx }) => keysOf(ctx.actor)),
  create: managed
    .input(CreateKeyInput)
    .output(NewKey)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createKey(scope, input))),
  rotate: managed
    .input(RotateKeyInput)
    .output(NewKey)
    .mutation(({ ctx, input }) => rotate(ctx.actor, input)),
  revoke: managed
    .input(KeyInput)
    .output(Done)
    .mutation(({ ctx, input }) => revoke(ctx.actor, input.id).then(() => done)),
});
