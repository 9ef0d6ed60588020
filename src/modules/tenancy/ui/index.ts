export { AccountMenu } from "./account-menu";
export { OrgBanner } from "./org-banner";
export { OrgBreadcrumbs } from "./org-breadcrumbs";
export { OrgSwitcher } from "./org-switcher";
export { SetupChecklist, type ChecklistItem } from "./setup-checklist";
export { TenancyProvider, useMay, useTenancy, type Tenancy, type TenancyUser } from "./tenancy-context";
