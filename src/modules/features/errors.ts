import { FEATURES, type Feature } from "~/kernel/features";
import { DomainError } from "~/kernel/errors";

/** Switched off by the platform, for everybody or for this organization; no plan would change that. */
export const notEnabled = (feature: Feature) =>
  new DomainError(
    "forbidden",
    "features.not_enabled",
    `Feature ${FEATURES[feature].label} not enabled. What you have made with it stays; whoever runs this platform can switch it on.`,
    { feature },
  );

export const expiryIsOver = () =>
  new DomainError(
    "invalid",
    "features.expiry_is_over",
    "This end is over already.",
    {},
    { fields: { expiresAt: ["Choose an instant that is still to come."] } },
  );
