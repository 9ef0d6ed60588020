import "server-only";
export {
  applyPlan,
  askRoom,
  foundPlan,
  planAllowing,
  planWithMore,
  roomAbove,
  requireFeature,
  requireRoom,
  setOverage,
  termsOf,
  termsOfAll,
  upgradeUrl,
  viewTerms,
} from "./service";
export { endOverride, setOverride, type OverrideAsked } from "./service/override";
export { planLimits } from "./service/standing";
export type { PlanLimits } from "./rules";
export type { RoomAnswer, RoomAsked, Terms } from "./service";
export { quotaExceeded } from "./errors";
export type { InOrg } from "./queries";
export type { PlanChange, SetOverageInput, TermsView } from "./schema";
