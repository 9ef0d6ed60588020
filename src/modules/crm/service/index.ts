export {
  deleteMany,
  restoreMany,
  tagMany,
  tagOne,
  undoMany,
  untagMany,
  untagOne,
  updateMany,
} from "./change-many";
export { changeMatching, changePart, countChanged, countMatching, undoNextPart } from "./change-matching";
export { companiesExport, contactsExport, importsExport } from "./export-lists";
export {
  companyCount,
  companyDetail,
  companyPage,
  createCompany,
  deleteCompany,
  ownerOptions,
  restoreCompany,
  updateCompany,
} from "./manage-companies";
export {
  contactCount,
  contactDetail,
  contactPage,
  createContact,
  deleteContact,
  restoreContact,
  updateContact,
} from "./manage-contacts";
export {
  createImport,
  discardImport,
  importDetail,
  importPage,
  importToInspect,
  refusalPage,
  saveInspection,
  sourcePath,
  startImport,
} from "./prepare-imports";
export { finishImport, openImport, writeBatch, type ImportPlan, type RowBatch } from "./write-batch";
export { dismissDuplicates, duplicatePage, mergeRecords, recallDuplicates, undoMerge } from "./merge-records";
export { createTag, deleteTag, restoreTag, tagList, tagUseList, updateTag } from "./manage-tags";
export { timelinePage } from "./read-timeline";
export { createNote, deleteNote, restoreNote, updateNote } from "./write-notes";
