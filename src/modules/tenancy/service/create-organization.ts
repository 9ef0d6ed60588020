import { record } from "~/modules/audit";
import { foundPlan } from "~/modules/entitlements";
import { newId, type TenantScope } from "~/server/db/with-tenant";
import { slugTaken } from "../errors";
import { MEMBER_JOINED } from "../events";
import type { CreateOrganizationInput } from "../schema";

type Founder = { userId: string; name: string | null; email: string };

/**
 * Founds the organization that the scope acts in (its id was chosen by the caller), on the FREE plan with a trial, with
 * its first owner. @throws tenancy.slug_taken when any organization has or had the slug.
 */
export async function foundOrganization(
  { db, actor, ...scope }: TenantScope,
  input: CreateOrganizationInput,
  founder: Founder,
): Promise<{ id: string; slug: string }> {
  const id = actor.orgId;
  const { name, slug } = input;
  await db.organization.createMany({ data: { id, name, slug }, skipDuplicates: true });
  // A slug of another organization cannot be seen from here, only run into.
  const { count } = await db.organizationSlug.createMany({ data: { slug, orgId: id }, skipDuplicates: true });
  if (count === 0) throw slugTaken();
  await foundPlan({ db, actor, ...scope });
  const membershipId = newId();
  await db.membership.createMany({
    data: {
      id: membershipId,
      orgId: id,
      userId: founder.userId,
      role: "owner",
      userName: founder.name,
      userEmail: founder.email,
    },
  });
  await record(
    { db, actor, ...scope },
    {
      action: "organization.created",
      target: { type: "organization", id },
      after: { name, slug },
    },
  );
  await scope.emit({
    id: `member-joined:${membershipId}`,
    name: MEMBER_JOINED,
    data: { membershipId },
  });
  return { id, slug };
}
