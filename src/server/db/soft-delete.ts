/**
 * Deleted rows of these models stay for 30 days (undo, restore), out of sight: the filter stands here once. A policy
 * could not do it: `deleted_at is null` in a policy makes the delete itself fail. A query that names `deletedAt`
 * in its own `where` decides for itself.
 */
import { Prisma } from "./generated/client";

export const SOFT_DELETED_MODELS = [
  "Company",
  "Contact",
  "RecordNote",
  "Tag",
] as const satisfies Prisma.ModelName[];
const isSoftDeleted = (model: string) => (SOFT_DELETED_MODELS as readonly string[]).includes(model);

/** Lists of such rows on other models; `include` and `select` reach them past the query of their own model. */
export const LISTS: Record<string, Record<string, string>> = {
  Company: { contacts: "Contact", mergedFrom: "Company", noteList: "RecordNote" },
  Contact: { mergedFrom: "Contact", noteList: "RecordNote" },
  Import: { companies: "Company", contacts: "Contact" },
};
/** Single relations, walked through because a list may stand below them. */
export const SINGLES: Record<string, Record<string, string>> = {
  Company: { import: "Import", mergedInto: "Company" },
  CompanyTag: { company: "Company" },
  Contact: { company: "Company", import: "Import", mergedInto: "Contact" },
  ContactTag: { contact: "Contact" },
  ImportRefusal: { import: "Import" },
  RecordEvent: { company: "Company", contact: "Contact" },
  RecordNote: { company: "Company", contact: "Contact" },
  SampleRecord: { company: "Company", contact: "Contact" },
};

type Arguments = {
  where?: Record<string, unknown>;
  include?: Record<string, unknown>;
  select?: Record<string, unknown>;
};

function livingOnly<A>(model: string, args: A): A {
  const given = (args ?? {}) as Arguments;
  const namesIt = given.where !== undefined && "deletedAt" in given.where;
  return {
    ...args,
    ...withoutWhere(model, given),
    ...(isSoftDeleted(model) && !namesIt && { where: { ...given.where, deletedAt: null } }),
  };
}

/** The same for what `include` or `select` asks of related rows, at any depth. */
function livingBelow(model: string, asked: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asked).map(([field, wanted]) => {
      if (!wanted) return [field, wanted];
      const list = LISTS[model]?.[field];
      if (list) return [field, livingOnly(list, wanted === true ? {} : wanted)];
      if (wanted === true) return [field, wanted];
      // A single relation, or `_count`, whose `select` names lists of this model.
      const below = field === "_count" ? model : SINGLES[model]?.[field];
      return [field, below ? withoutWhere(below, wanted as Arguments) : wanted];
    }),
  );
}

const withoutWhere = (model: string, args: Arguments): Arguments => ({
  ...args,
  ...(args.include && { include: livingBelow(model, args.include) }),
  ...(args.select && { select: livingBelow(model, args.select) }),
});

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
      updateManyAndReturn: ({ model, args, query }) => query(livingOnly(model, args)),
    },
  },
});
