export { AccountDataPage } from "./account-data-page";
export { CertificatePage } from "./certificate-page";
export { DataSkeleton } from "./data-skeleton";
export { DeleteOrganization, OrganizationExportCard } from "./organization-data";
export { StepList } from "./step-list";
export { UndoPage } from "./undo-page";
