export { AuditPage } from "./audit-page";
export { ErasuresPage } from "./erasures-page";
export { FeaturesPage } from "./features-page";
export { HealthPage } from "./health-page";
export { JobsPage } from "./jobs-page";
export { OpenedBanner, OpenedNotice } from "./opened-banner";
export { OrganizationPage } from "./organization-page";
export { OrganizationsPage } from "./organizations-page";
export { OverviewPage } from "./overview-page";
export { PeoplePage } from "./people-page";
export {
  AuditSkeleton,
  ErasuresSkeleton,
  JobsSkeleton,
  OrganizationsSkeleton,
  PeopleSkeleton,
} from "./skeletons";
