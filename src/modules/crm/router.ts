/** The CRM's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { Done, done, orgProcedure, router } from "~/server/trpc/procedures";
import { createUpload, discardImport, inspectImport } from "./flows";
import type { RecordKind } from "./rules";
import {
  BulkChanged,
  BulkIds,
  BulkTagInput,
  BulkUndoInput,
  BulkUpdateCompaniesInput,
  BulkUpdateContactsInput,
  Company,
  CompanyListInput,
  CompanyMatching,
  CompanyPageOf,
  Contact,
  ContactListInput,
  ContactMatching,
  ContactPageOf,
  Count,
  CreateCompanyInput,
  CreateContactInput,
  CreateImportInput,
  Import,
  ImportListInput,
  ImportPageOf,
  InspectImportInput,
  JobStarted,
  OwnerOptions,
  RecordId,
  RefusalListInput,
  RefusalPageOf,
  Saved,
  StartImportInput,
  UpdateCompanyInput,
  UpdateContactInput,
  UploadTicket,
} from "./schema";
import {
  companyCount,
  companyDetail,
  companyPage,
  contactCount,
  contactDetail,
  contactPage,
  createCompany,
  createContact,
  deleteCompany,
  deleteContact,
  deleteMany,
  importDetail,
  importPage,
  ownerOptions,
  refusalPage,
  restoreCompany,
  restoreContact,
  restoreMany,
  startImport,
  tagMany,
  undoMany,
  untagMany,
  updateCompany,
  updateContact,
  updateMany,
} from "./service";

const reading = orgProcedure.meta({ permission: "crm.read" });
const writing = orgProcedure.meta({ permission: "crm.write" });
const readingImports = orgProcedure.meta({ permission: "import.read" });
const importing = orgProcedure.meta({ permission: "import.create" });

/** Acts on up to 1,000 records at once; each answers how many it changed and the batch that `bulkUndo` takes back. */
const bulkOf = (kind: RecordKind) => ({
  bulkDelete: writing
    .input(BulkIds)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => deleteMany(scope, kind, input))),
  bulkRestore: writing
    .input(BulkIds)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => restoreMany(scope, kind, input))),
  bulkTag: writing
    .input(BulkTagInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => tagMany(scope, kind, input))),
  bulkUntag: writing
    .input(BulkTagInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => untagMany(scope, kind, input))),
  bulkUndo: writing
    .input(BulkUndoInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => undoMany(scope, kind, input))),
});

const companiesRouter = router({
  ...bulkOf("company"),
  bulkUpdate: writing
    .input(BulkUpdateCompaniesInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateMany(scope, "company", input))),
  list: reading
    .input(CompanyListInput)
    .output(CompanyPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => companyPage(scope, input))),
  count: reading
    .input(CompanyMatching)
    .output(Count)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => companyCount(scope, input))),
  get: reading
    .input(RecordId)
    .output(Company)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => companyDetail(scope, input))),
  create: writing
    .input(CreateCompanyInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createCompany(scope, input))),
  update: writing
    .input(UpdateCompanyInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateCompany(scope, input))),
  delete: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => deleteCompany(scope, input)).then(() => done),
    ),
  restore: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => restoreCompany(scope, input)).then(() => done),
    ),
});

const contactsRouter = router({
  ...bulkOf("contact"),
  bulkUpdate: writing
    .input(BulkUpdateContactsInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateMany(scope, "contact", input))),
  list: reading
    .input(ContactListInput)
    .output(ContactPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => contactPage(scope, input))),
  count: reading
    .input(ContactMatching)
    .output(Count)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => contactCount(scope, input))),
  get: reading
    .input(RecordId)
    .output(Contact)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => contactDetail(scope, input))),
  create: writing
    .input(CreateContactInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createContact(scope, input))),
  update: writing
    .input(UpdateContactInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateContact(scope, input))),
  delete: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => deleteContact(scope, input)).then(() => done),
    ),
  restore: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => restoreContact(scope, input)).then(() => done),
    ),
});

const importsRouter = router({
  list: readingImports
    .input(ImportListInput)
    .output(ImportPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => importPage(scope, input))),
  get: readingImports
    .input(RecordId)
    .output(Import)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => importDetail(scope, input))),
  refusals: readingImports
    .input(RefusalListInput)
    .output(RefusalPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => refusalPage(scope, input))),
  create: importing
    .input(CreateImportInput)
    .output(UploadTicket)
    .mutation(({ ctx, input }) => createUpload(ctx.actor, input)),
  inspect: importing
    .input(InspectImportInput)
    .output(Import)
    .mutation(({ ctx, input }) => inspectImport(ctx.actor, input)),
  start: importing
    .input(StartImportInput)
    .output(JobStarted)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => startImport(scope, input))),
  discard: importing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) => discardImport(ctx.actor, input).then(() => done)),
});

export const crmRouter = router({
  companies: companiesRouter,
  contacts: contactsRouter,
  imports: importsRouter,
  /** Members that records can be given to. */
  owners: reading
    .output(OwnerOptions)
    .query(({ ctx }) => readTenant(ctx.actor, (scope) => ownerOptions(scope))),
});
