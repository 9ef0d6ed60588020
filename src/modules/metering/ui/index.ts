export { ofLimit } from "./figures";
export { StatementPage } from "./statement-page";
export { UsageBanner } from "./usage-banner";
export { UsageMeter } from "./usage-meter";
export { UsagePage } from "./usage-page";
export { UsageSkeleton } from "./usage-skeleton";
