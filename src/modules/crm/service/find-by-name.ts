/** What the search over everything finds here. */
import type { SearchSource } from "~/server/search/search";
import { companiesByName, contactsByName, importsByFileName } from "../queries/find";

export const crmSearch: SearchSource[] = [
  {
    permission: "crm.read",
    find: async (scope, asked) =>
      (await companiesByName(scope, asked)).map((row) => ({
        kind: "company",
        ...row,
        path: `/companies/${row.id}`,
      })),
  },
  {
    permission: "crm.read",
    find: async (scope, asked) =>
      (await contactsByName(scope, asked)).map((row) => ({
        kind: "contact",
        ...row,
        path: `/contacts/${row.id}`,
      })),
  },
  {
    permission: "import.read",
    find: async (scope, asked) =>
      (await importsByFileName(scope, asked)).map(({ id, fileName }) => ({
        kind: "import",
        id,
        title: fileName,
        detail: null,
        path: `/imports/${id}`,
      })),
  },
];
