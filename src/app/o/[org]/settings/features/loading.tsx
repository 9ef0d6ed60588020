import { FeaturesSkeleton } from "~/modules/features/ui";

export default FeaturesSkeleton;
