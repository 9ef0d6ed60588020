import { forbidden } from "next/navigation";
import { allows, type Permission } from "~/kernel/roles";
import { isOpenTo } from "~/kernel/staff";
import { recordRefusal } from "~/modules/audit";
import { pageActor, pageOrg } from "~/trpc/server";

/** Answers 403 with the forbidden page when the member's role, or what staff opened, does not allow it. Nothing is offered that leads here. */
export async function permitted(orgSlug: string, permission: Permission): Promise<void> {
  const org = await pageOrg(orgSlug);
  const actor = await pageActor();
  if (!org || !actor) return;
  const isRoles = allows(org.role, permission);
  if (isRoles && isOpenTo(actor.staff, permission)) return;
  const code = isRoles ? "kernel.not_for_staff" : "kernel.forbidden";
  recordRefusal({ ...actor, orgId: org.orgId }, { permission, code });
  forbidden();
}
