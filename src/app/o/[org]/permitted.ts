import { forbidden } from "next/navigation";
import { allows, type Permission } from "~/kernel/roles";
import { pageOrg } from "~/trpc/server";

/** Answers 403 with the forbidden page when the member's role does not allow it. Nothing is offered that leads here. */
export async function permitted(orgSlug: string, permission: Permission): Promise<void> {
  const org = await pageOrg(orgSlug);
  if (org && !allows(org.role, permission)) forbidden();
}
