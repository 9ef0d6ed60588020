import type { OrgActor } from "~/kernel/actor";
import { readTenant } from "~/server/db/with-tenant";
import { apiOrigins } from "../service";

/** Whether pages of this origin may call the API. Asked of the database: only pages of other origins ask at all. */
export async function isAllowedOrigin(actor: OrgActor, origin: string): Promise<boolean> {
  const { origins } = await readTenant(actor, apiOrigins);
  return origins.includes(origin);
}
