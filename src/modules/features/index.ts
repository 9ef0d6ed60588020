import "server-only";
export { clearFeature, isFeatureEnabled, setFeature } from "./flows";
export {
  featureStates,
  heldNamespaces,
  isKilled,
  requireFeature,
  resolveFeature,
  statesOfAll,
} from "./service";
export type { ClearFeatureInput, SetFeatureInput } from "./schema";
