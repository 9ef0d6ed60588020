"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import type { Owner } from "../schema";

/** Whose a record will be, as a list shows it, before the server has said so. */
export function useOwnerOf(): (ownerId: string | null | undefined) => Owner | null {
  const { user } = useTenancy();
  const { data = [] } = api.crm.owners.useQuery();
  return (ownerId) => {
    if (!ownerId) return null;
    const isMe = ownerId === user.id;
    const known = data.find(({ id }) => id === ownerId);
    return { id: ownerId, name: known?.name ?? (isMe ? (user.name ?? user.email) : null), isMe };
  };
}
