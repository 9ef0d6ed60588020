/** What the platform sets for an organization, and the question by the organization's id alone. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Feature } from "~/kernel/features";
import { record } from "~/modules/audit";
import { newId } from "~/server/db/ids";
import { readSystem, type SystemScope } from "~/server/db/with-system";
import { expiryIsOver } from "./errors";
import { endOverride, insertOverride, lockOrganization, openOverride } from "./queries/system";
import { ClearFeatureInput, SetFeatureInput, type Explained } from "./schema";
import { explainFeatures, resolveFeature } from "./service";

/** For functions and pages that hold no scope; from memory where it can be. */
export const isFeatureEnabled = async (feature: Feature, orgId: string): Promise<boolean> => {
  const trace = { correlationId: newId(), address: null };
  const { isOn } = await readSystem({ reason: "is a feature on", trace }, ({ db }) =>
    resolveFeature({ db, orgId }, feature),
  );
  return isOn;
};

/**
 * Sets a feature for an organization, whatever its plan; what was set before stays as history. Every instance knows within
 * a second. Saying the same again changes nothing. @returns whether anything changed.
 * @throws kernel.not_found, features.expiry_is_over
 */
export async function setFeature(scope: SystemScope, input: SetFeatureInput): Promise<boolean> {
  const { orgId, feature, enabled, reason, expiresAt } = SetFeatureInput.parse(input);
  const now = clock.now();
  if (expiresAt && expiresAt <= now) throw expiryIsOver();
  if (!(await lockOrganization(scope, orgId))) throw notFound("organization");
  const before = await openOverride(scope, orgId, feature);
  const isSame =
    before?.enabled === enabled &&
    before.reason === reason &&
    (before.expiresAt?.getTime() ?? null) === (expiresAt?.getTime() ?? null);
  if (isSame) return false;
  if (before) await endOverride(scope, before.id, now);
  await insertOverride(scope, { orgId, feature, enabled, reason, expiresAt });
  const entry = {
    action: "feature.override_set",
    target: { type: "feature", id: feature },
    ...(before && { before: { feature, enabled: before.enabled, expiresAt: before.expiresAt } }),
    after: { feature, enabled, reason, expiresAt },
  };
  await record(scope, entry, { orgId, via: byStaff(scope) });
  return true;
}

/** Features are set by the platform's staff alone: whose act it is, where a person of theirs is behind it. */
const byStaff = ({ actorId }: SystemScope) => (actorId === null ? null : `staff:${actorId}`);

/** Takes back what was set: plan and default decide again. @returns false when nothing was. @throws kernel.not_found */
export async function clearFeature(scope: SystemScope, input: ClearFeatureInput): Promise<boolean> {
  const { orgId, feature, reason } = ClearFeatureInput.parse(input);
  if (!(await lockOrganization(scope, orgId))) throw notFound("organization");
  const before = await openOverride(scope, orgId, feature);
  if (!before) return false;
  await endOverride(scope, before.id, clock.now());
  const entry = {
    action: "feature.override_removed",
    target: { type: "feature", id: feature },
    before: { feature, enabled: before.enabled, expiresAt: before.expiresAt },
    after: { reason },
  };
  await record(scope, entry, { orgId, via: byStaff(scope) });
  return true;
}

type Asking = { trace: Trace; userId: string };

/** What an organization has and why, with authors by their ids. */
export const explainAs = ({ trace, userId }: Asking, { orgId }: { orgId: string }): Promise<Explained> =>
  readSystem({ reason: "explain an organization's features", trace, actorId: userId }, async ({ db }) =>
    explainFeatures({ db, orgId }, async (ids) => {
      const rows = await db.user.findMany({
        where: { id: { in: ids } },
        select: { id: true, name: true, email: true },
      });
      return new Map(rows.map(({ id, name, email }) => [id, name || email]));
    }),
  );
