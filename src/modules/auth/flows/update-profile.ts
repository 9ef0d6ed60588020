import type { UserActor } from "~/kernel/actor";
import { copyProfileToMemberships } from "~/modules/tenancy";
import { withUser } from "~/server/db/with-user";
import type { UpdateProfileInput } from "../schema";
import { rename } from "../service";

/**
 * Changes the person's name, then the copies in their organizations. Two transactions, the first the person's and the
 * second across tenants; when the second fails the caller is told, and the same call again sets it right.
 */
export async function updateProfile(actor: UserActor, input: UpdateProfileInput): Promise<void> {
  const profile = await withUser(actor, (scope) => rename(scope, input));
  await copyProfileToMemberships(actor.userId, profile, actor.trace);
}
