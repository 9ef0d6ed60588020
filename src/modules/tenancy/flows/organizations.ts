import type { OrgActor, Trace, UserActor } from "~/kernel/actor";
import { unauthenticated } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { readSystem, withSystem } from "~/server/db/with-system";
import { newId, withTenant } from "~/server/db/with-tenant";
import { readUser } from "~/server/db/with-user";
import { countTry } from "~/server/http/limiter";
import { slugTaken } from "../errors";
import { ownProfile } from "../queries";
import { hideSetupOf, renameMemberships, takenSlugs, touchMembership } from "../queries/system";
import { isReservedSlug, slugVariation } from "../rules";
import type { CreateOrganizationInput, SlugAnswer } from "../schema";
import { endOwnMembership, foundOrganization } from "../service";

const FOUNDING = { name: "organization-create", points: 30, windowSeconds: 3_600 };

/** The person's own name and address. @throws kernel.unauthenticated when the account is gone. */
export async function profileOf(person: UserActor) {
  const profile = await readUser(person, ownProfile);
  if (!profile) throw unauthenticated();
  return { userId: person.userId, ...profile };
}

/**
 * Creates an organization whose owner is the person. The id comes first, so that it is written inside its own tenant.
 * @throws tenancy.slug_taken; kernel.too_many_requests after 30 in an hour.
 */
export async function createOrganization(
  person: UserActor,
  input: CreateOrganizationInput,
): Promise<{ id: string; slug: string }> {
  if (isReservedSlug(input.slug)) throw slugTaken();
  await countTry(FOUNDING, person.userId);
  const founder = await profileOf(person);
  const { userId, trace } = person;
  const actor: OrgActor = { kind: "org", orgId: newId(), userId, role: "owner", trace };
  return withTenant(actor, (scope) => foundOrganization(scope, input, founder));
}

const VARIATIONS = Array.from({ length: 30 }, (_, index) => index + 2);

/** Whether a slug can be had, and if not one like it that can. */
export async function askSlug(person: UserActor, slug: string): Promise<SlugAnswer> {
  const variations = VARIATIONS.map((n) => slugVariation(slug, n));
  const taken = await readSystem(
    { reason: "is a slug free", trace: person.trace, actorId: person.userId },
    (scope) => takenSlugs(scope, [slug, ...variations]),
  );
  const isReserved = isReservedSlug(slug);
  if (!isReserved && !taken.has(slug)) return { slug, isFree: true, reason: null, suggestion: null };
  const suggestion = variations.find((variation) => !taken.has(variation)) ?? null;
  const reason = isReserved ? "This word is reserved." : "This address is taken.";
  return { slug, isFree: false, reason, suggestion };
}

/** Ends the actor's own membership, whatever the role. @throws tenancy.last_owner. */
export async function leaveOrganization({ orgId, userId, trace }: OrgActor): Promise<void> {
  if (!userId) throw unauthenticated();
  await withSystem({ reason: "a member leaves", trace, actorId: userId }, (scope) =>
    endOwnMembership(scope, { orgId, userId }),
  );
}

/**
 * Remembers that the member opened the organization: it is the one last used, and this the member's last activity. A
 * read-only member is remembered too, hence system scope. Not audited: it is no change of anybody's.
 */
export async function noteVisit({ orgId, userId, trace }: Pick<OrgActor, "orgId" | "userId" | "trace">) {
  if (!userId) return;
  await withSystem({ reason: "a member opens an organization", trace, actorId: userId }, (scope) =>
    touchMembership(scope, { orgId, userId }),
  );
}

/**
 * Puts the first steps away for this member, for good. As `noteVisit`: a read-only member may too, hence system scope,
 * and it is nobody else's business, hence no audit entry.
 */
export async function hideSetup({ orgId, userId, trace }: OrgActor): Promise<void> {
  if (!userId) return;
  await withSystem({ reason: "a member hides the first steps", trace, actorId: userId }, (scope) =>
    hideSetupOf(scope, { orgId, userId }),
  );
}

/** Copies a person's changed name and address into each membership, with an entry in each organization's audit log. */
export async function copyProfileToMemberships(
  userId: string,
  profile: { name: string | null; email: string },
  trace: Trace,
): Promise<void> {
  await withSystem({ reason: "a person was renamed", trace, actorId: userId }, async (scope) => {
    for (const { orgId, name, email } of await renameMemberships(scope, userId, profile)) {
      await record(
        scope,
        {
          action: "member.renamed",
          target: { type: "user", id: userId },
          before: { name, email },
          after: profile,
        },
        { orgId, actorId: userId },
      );
    }
  });
}
