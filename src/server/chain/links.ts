/** A chain of seals: each over its number, the hash before it, and an entry by its id and digest (design decision 29). */
import { createHash } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export type Seal = { seq: bigint; prevHash: string; hash: string };

/** What the hash of a seal is made of; `app.append_seals` makes the same. */
const sealText = (seq: bigint, prevHash: string, entryId: string, digest: string): string =>
  [seq, prevHash, entryId, digest].join(":");

/** Whether `seal` goes on from `before`, which is null at the start of a chain. */
export const follows = ({ seq, prevHash }: Seal, before: Pick<Seal, "seq" | "hash"> | null): boolean =>
  seq === (before?.seq ?? 0n) + 1n && prevHash === (before?.hash ?? "");

/** Whether `seal` was put on this entry, with this digest. */
export const seals = ({ seq, prevHash, hash }: Seal, entry: { id: string; digest: string }): boolean =>
  sha256(sealText(seq, prevHash, entry.id, entry.digest)) === hash;
