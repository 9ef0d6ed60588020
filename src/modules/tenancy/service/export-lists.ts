/** Members and invitations as files. */
import { z } from "zod";
import { PageInput } from "~/kernel/paging";
import { defineListExport } from "~/server/csv/list-export";
import { ListMembersInput } from "../schema";
import { listInvitations } from "./invite-members";
import { listMembers } from "./manage-members";

export const membersExport = defineListExport({
  list: "members",
  permission: "member.read",
  input: ListMembersInput,
  page: listMembers,
  columns: [
    { label: "Name", cell: ({ name }) => name },
    { label: "Email", cell: ({ email }) => email },
    { label: "Role", cell: ({ role }) => role },
    { label: "Joined", cell: ({ joinedAt }) => joinedAt },
    { label: "Last active", cell: ({ lastActiveAt }) => lastActiveAt },
  ],
});

export const invitationsExport = defineListExport({
  list: "invitations",
  permission: "member.read",
  input: z.object(PageInput.shape),
  // They come all at once.
  page: async (scope) => ({ items: (await listInvitations(scope)).items, nextCursor: null }),
  columns: [
    { label: "Email", cell: ({ email }) => email },
    { label: "Role", cell: ({ role }) => role },
    {
      label: "State",
      cell: ({ isExpired, isMailed }) => (isExpired ? "expired" : isMailed ? "open" : "not mailed"),
    },
    { label: "Invited by", cell: ({ invitedBy }) => invitedBy },
    { label: "Sent", cell: ({ sentAt }) => sentAt },
    { label: "Expires", cell: ({ expiresAt }) => expiresAt },
  ],
});
