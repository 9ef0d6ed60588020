/** API keys for tests: made as a member makes them. */
import type { OrgActor } from "~/kernel/actor";
import { SCOPES, type Scope } from "~/kernel/scopes";
import { createKey } from "~/modules/api-keys";
import { withTenant } from "~/server/db/with-tenant";

/** A living key of the member (by default with every scope), and the header that a program sends with it. */
export async function testKey(
  maker: OrgActor,
  given: { scopes?: Scope[]; name?: string; expiresAt?: Date } = {},
) {
  const { scopes = [...SCOPES], name = "Test key", expiresAt = null } = given;
  const { id, key } = await withTenant(maker, (scope) => createKey(scope, { name, scopes, expiresAt }));
  return { id, key, headers: { authorization: `Bearer ${key}` } };
}
