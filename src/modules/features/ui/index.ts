export { FeatureGate, FeatureProvider, useFeatureFlag } from "./feature-context";
export { FeaturesPage } from "./features-page";
export { FeaturesSkeleton } from "./features-skeleton";
