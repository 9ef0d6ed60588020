import { ROLE_WORDS } from "~/kernel/roles";
import type { SearchSource } from "~/server/search/search";
import { ListMembersInput } from "../schema";
import { listMembers } from "./manage-members";

/** What the search over everything finds here: members by name and address. */
export const tenancySearch: SearchSource[] = [
  {
    permission: "member.read",
    find: async (scope, { text, limit }) => {
      const { items } = await listMembers(scope, ListMembersInput.parse({ search: text, limit }));
      return items.map(({ userId, name, email, role }) => ({
        kind: "member",
        id: userId,
        title: name ?? email,
        detail: name === null ? ROLE_WORDS[role].label : email,
        path: `/members?search=${encodeURIComponent(email)}`,
      }));
    },
  },
];
