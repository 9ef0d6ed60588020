export { AccountMenu } from "./account-menu";
export { InvitationPage } from "./invitation-page";
export { InvitationsPage } from "./invitations-page";
export { CardsSkeleton, MembersSkeleton } from "./list-skeletons";
export { MembersHeader } from "./members-header";
export { MembersPage } from "./members-page";
export { OrgBanner } from "./org-banner";
export { OrgBreadcrumbs } from "./org-breadcrumbs";
export { OrgSwitcher } from "./org-switcher";
export { ReadOnlyBadge } from "./read-only-badge";
export { SettingsPage } from "./settings-page";
export { SetupChecklist, type ChecklistItem } from "./setup-checklist";
export {
  TenancyProvider,
  useMay,
  useMayKeepOwn,
  useTenancy,
  type Tenancy,
  type TenancyUser,
} from "./tenancy-context";
export { WelcomePage } from "./welcome-page";
