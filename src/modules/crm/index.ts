import "server-only";
export { crmSweeps, purgeDeleted, refusalsCsv } from "./flows";
export { crmSearch } from "./service/find-by-name";
export {
  companiesExport,
  companyDetail,
  contactDetail,
  contactsExport,
  importDetail,
  importsExport,
} from "./service";
export {
  CompanyListInput,
  ContactListInput,
  CONTACTS_SHOWN,
  DuplicatesInput,
  ImportEntity,
  ImportListInput,
  TIMELINE_SHOWN,
} from "./schema";
