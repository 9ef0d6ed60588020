/** Use cases of the CRM that alternate transactions with the object store, or look across tenants. */
export { changeAll, undoAll } from "./change-all";
export { refusalsCsv } from "./export-refusals";
export { crmSweeps, purgeDeleted } from "./purge";
export { runImport } from "./run-import";
export { createUpload, discardImport, inspectImport } from "./take-in-file";
