/** Erasure of what entries hold about a person. The entries stay, with ids nobody stands behind any more. */
import type { SystemScope } from "~/server/db/with-system";
import { deleteDetailOf } from "../queries/system";
import { record } from "../service";

/**
 * Deletes detail and salt of everything the person did and of what was done to them, in the caller's transaction, and says
 * so in each chain it touched. Their digests stay in the entries, so every chain still verifies.
 * @param within one organization (a member who leaves it), or all and the platform's chain when left out.
 * @param alsoOf ids of what else is about them: their invitations, their contact.
 * @returns how many details were deleted. Called again, it deletes nothing and writes nothing.
 */
export async function eraseDetailOf(
  scope: SystemScope,
  personId: string,
  { within = null, alsoOf = [] }: { within?: string | null; alsoOf?: readonly string[] } = {},
): Promise<number> {
  const gone = await deleteDetailOf(scope, personId, { orgId: within, targetIds: [personId, ...alsoOf] });
  // Without the address: it may be the person's own, and this detail stays.
  const unplaced = { ...scope, trace: { ...scope.trace, address: null } };
  for (const { orgId, count } of gone)
    await record(
      unplaced,
      { action: "audit.detail_erased", target: { type: "user", id: personId }, after: { count } },
      { orgId },
    );
  return gone.reduce((sum, { count }) => sum + count, 0);
}
