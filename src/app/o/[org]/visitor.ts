import type { Visitor } from "~/modules/tenancy";
import { pageActor, pageOrg } from "~/trpc/server";

/** Who looks at the organization's pages: what `mayThere` asks of; null where there is none for them. */
export async function visitorOf(orgSlug: string): Promise<Visitor | null> {
  const [org, person] = await Promise.all([pageOrg(orgSlug), pageActor()]);
  return org && person && { role: org.role, status: org.status, staff: person.staff ?? null };
}
