import type { Owner } from "../schema";

/** Whose a record is, in words. */
export function ownerName(owner: Owner | null): string {
  if (!owner) return "Nobody";
  if (owner.isMe) return "Me";
  return owner.name ?? "A former member";
}
