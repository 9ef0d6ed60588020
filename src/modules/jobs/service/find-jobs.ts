import { allows } from "~/kernel/roles";
import type { SearchSource } from "~/server/search/search";

/** What the search over everything finds here: the latest jobs of a kind, or one by its id. */
export const jobSearch: SearchSource[] = [
  {
    permission: "job.read",
    find: async ({ db, actor }, { text, limit }) => {
      const { role, userId } = actor;
      const isId = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
      const kind = text.toLowerCase().replace(/[\s-]+/g, "_");
      const rows = await db.job.findMany({
        where: {
          ...(role !== "job" && !allows(role, "job.readAll") && { userId: userId ?? "" }),
          ...(isId
            ? { id: text.toLowerCase() }
            : { taskType: { startsWith: kind.replace(/[\\%_]/g, "\\$&") } }),
        },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: limit,
        select: { id: true, taskType: true, status: true, createdAt: true },
      });
      return rows.map(({ id, taskType, status, createdAt }) => ({
        kind: "job",
        id,
        title: taskType.charAt(0).toUpperCase() + taskType.slice(1).replaceAll("_", " "),
        detail: `${status.toLowerCase()}, ${createdAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
        path: `/jobs/${id}`,
      }));
    },
  },
];
