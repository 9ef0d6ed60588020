/** Flows of gdpr. */
export {
  downloadExport,
  exportOrganization,
  exportPerson,
  runOrganizationExport,
  runPersonExport,
} from "./exports";
export {
  organizationData,
  personData,
  previewUndo,
  readCertificate,
  requestOrganizationErasure,
  requestPersonErasure,
  undoByToken,
  undoOrganizationErasure,
  undoPersonErasure,
} from "./request-erasure";
export { endRetention } from "./retention";
export { runErasure } from "./run-erasure";
export { claimDueErasures, gdprSweeps, sendDueErasures } from "./sweep";
