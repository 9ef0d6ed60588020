/** What an organization has switched on; the one place that answers it, for procedures, functions and pages alike. */
import { clock } from "~/kernel/clock";
import { FEATURE_NAMES, FEATURES, type Feature, type FeatureStates } from "~/kernel/features";
import type { Plan } from "~/kernel/plans";
import {
  planAllowing,
  requireFeature as requirePlanned,
  termsOf,
  termsOfAll,
  type InOrg,
  type Terms,
} from "~/modules/entitlements";
import { env } from "~/server/config/env";
import { OrgCache } from "~/server/db/org-cache";
import { notEnabled } from "./errors";
import { endedOverrides, openOverrides, openOverridesOfAll, type OpenOverride } from "./queries";
import { explain, isInForce, overridesOf, resolve, type Known, type Resolved } from "./rules";
import type { Explained } from "./schema";

const held = globalThis as typeof globalThis & { __tenantryFeatures?: OrgCache<OpenOverride[]> };
const cache = () => (held.__tenantryFeatures ??= new OrgCache<OpenOverride[]>("feature"));

/** Whether the process's setting takes it from everybody. */
export const isKilled = (feature: Feature): boolean => !env()[FEATURES[feature].killSwitch];

/** Namespaces of jobs that wait because the feature they belong to is taken from everybody. */
export const heldNamespaces = (): string[] =>
  FEATURE_NAMES.flatMap((feature) => {
    const { queues } = FEATURES[feature];
    return queues && isKilled(feature) ? [queues] : [];
  });

/** From memory, but for what is `set` anew. */
async function knownOf(at: InOrg, set?: OpenOverride[]): Promise<(feature: Feature) => Known> {
  const [overrides, terms] = await Promise.all([
    set ?? cache().of(at.orgId, () => openOverrides(at)),
    termsOf(at),
  ]);
  return knownBy(overrides, terms);
}

function knownBy(overrides: OpenOverride[], terms: Terms): (feature: Feature) => Known {
  const isPlanEnforced = env().FF_BILLING_ENFORCEMENT_ENABLED;
  return (feature) => {
    const { plan, byDefault } = FEATURES[feature];
    return {
      isKilled: isKilled(feature),
      override: overridesOf(overrides, feature),
      planHas: plan === null ? null : terms.has(plan),
      isPlanEnforced,
      byDefault,
    };
  };
}

/** Judged by `clock.now()`: what expires is gone at its instant. @throws kernel.not_found without such an organization. */
export async function resolveFeature(at: InOrg, feature: Feature): Promise<Resolved> {
  return resolve((await knownOf(at))(feature), clock.now());
}

export async function featureStates(at: InOrg): Promise<FeatureStates> {
  const known = await knownOf(at);
  const now = clock.now();
  return Object.fromEntries(
    FEATURE_NAMES.map((feature) => [feature, resolve(known(feature), now).isOn]),
  ) as FeatureStates;
}

/** One feature of one organization, as those see it who look across organizations. */
type StateAcross = Resolved & { feature: Feature; override: OpenOverride | null };

/** What an organization is on now, trial included, and what that and what is set for it make of every feature. */
type OrgAcross = { plan: Plan; isOnTrial: boolean; states: StateAcross[] };

/** Of many organizations at once, read anew. */
export async function statesOfAll(
  db: InOrg["db"],
  orgIds: readonly string[],
): Promise<Map<string, OrgAcross>> {
  const [terms, set] = await Promise.all([termsOfAll(db, orgIds), openOverridesOfAll(db, orgIds)]);
  const now = clock.now();
  return new Map(
    [...terms].map(([orgId, its]) => {
      const known = knownBy(set.get(orgId) ?? [], its);
      const states = FEATURE_NAMES.map((feature) => {
        const override = overridesOf(set.get(orgId) ?? [], feature);
        return {
          feature,
          ...resolve(known(feature), now),
          override: override && isInForce(override, now) ? override : null,
        };
      });
      return [orgId, { plan: its.plan, isOnTrial: its.trialEndsAt !== null, states }];
    }),
  );
}

/** @throws plan_required (HTTP 402) when the plan is the reason, features.not_enabled (403) when anything else is. */
export async function requireFeature(at: InOrg, feature: Feature): Promise<void> {
  const { isOn, by } = await resolveFeature(at, feature);
  if (isOn) return;
  const { plan } = FEATURES[feature];
  if (by === "plan" && plan) await requirePlanned(at, plan);
  throw notEnabled(feature);
}

/** Every feature with the rules that made it so. `names` knows the authors. */
export async function explainFeatures(
  at: InOrg,
  names: (ids: string[]) => Promise<Map<string, string>>,
): Promise<Explained> {
  const [terms, open, ended] = await Promise.all([termsOf(at), openOverrides(at), endedOverrides(at)]);
  const known = await knownOf(at, open);
  const now = clock.now();
  const authors = await names(
    [...new Set([...open, ...ended].map(({ authorId }) => authorId))].filter((id) => id !== null),
  );
  const nameOf = (id: string | null) => (id === null ? null : (authors.get(id) ?? null));
  const features = await Promise.all(
    FEATURE_NAMES.map(async (feature) => {
      const of = known(feature);
      const { isOn, by } = resolve(of, now);
      const set = of.override && isInForce(of.override, now) ? of.override : null;
      const { plan } = FEATURES[feature];
      const past = [
        // Over by its own end, and nobody took it back: history as well.
        ...(of.override && !set ? [{ ...of.override, endedAt: of.override.expiresAt! }] : []),
        ...ended
          .filter(({ featureName }) => featureName === feature)
          .map((row) => ({ ...row, endedAt: row.endedAt! })),
      ];
      return {
        feature,
        isOn,
        by,
        rules: explain(of, now),
        override: set && { ...set, author: nameOf(set.authorId) },
        plan: !isOn && by === "plan" && plan ? await planAllowing(at, plan, 1) : null,
        history: past.map(({ enabled, reason, authorId, createdAt, expiresAt, endedAt }) => ({
          ...{ enabled, reason, createdAt, expiresAt, endedAt },
          author: nameOf(authorId),
        })),
      };
    }),
  );
  return { plan: terms.plan, features };
}
