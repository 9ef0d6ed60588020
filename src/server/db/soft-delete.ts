/**
 * Deleted rows of these models stay for 30 days (undo, restore), out of sight: the filter stands here once. A policy
 * could not do it: `deleted_at is null` in a policy makes the delete itself fail. A query that names `deletedAt`
 * in its own `where` decides for itself.
 */
import { Prisma } from "./generated/client";

export const SOFT_DELETED_MODELS = ["Company", "Contact"] as const satisfies Prisma.ModelName[];
const isSoftDeleted = (model: string) => (SOFT_DELETED_MODELS as readonly string[]).includes(model);

type Filtered = { where?: Record<string, unknown> };

const livingOnly = <A>(model: string, args: A): A => {
  const { where } = (args ?? {}) as Filtered;
  if (!isSoftDeleted(model) || (where && "deletedAt" in where)) return args;
  return { ...args, where: { ...where, deletedAt: null } };
};

export const softDelete = Prisma.defineExtension({
  name: "soft-delete",
  query: {
    $allModels: {
      findMany: ({ model, args, query }) => query(livingOnly(model, args)),
      findFirst: ({ model, args, query }) => query(livingOnly(model, args)),
      findFirstOrThrow: ({ model, args, query }) => query(livingOnly(model, args)),
      findUnique: ({ model, args, query }) => query(livingOnly(model, args)),
      findUniqueOrThrow: ({ model, args, query }) => query(livingOnly(model, args)),
      count: ({ model, args, query }) => query(livingOnly(model, args)),
      aggregate: ({ model, args, query }) => query(livingOnly(model, args)),
      groupBy: ({ model, args, query }) => query(livingOnly(model, args)),
      update: ({ model, args, query }) => query(livingOnly(model, args)),
      updateMany: ({ model, args, query }) => query(livingOnly(model, args)),
    },
  },
});
