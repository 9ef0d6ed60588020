/** The CRM's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { Done, done, orgProcedure, router } from "~/server/trpc/procedures";
import { createUpload, discardImport, inspectImport } from "./flows";
import { CRM_ROUTES as REST, recordRoutes } from "./rest";
import type { RecordKind } from "./rules";
import {
  BulkChanged,
  BulkIds,
  BulkTagInput,
  BulkUndoInput,
  BulkUpdateCompaniesInput,
  BulkUpdateContactsInput,
  ChangeCompaniesInput,
  ChangeContactsInput,
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
  CreateNoteInput,
  CreateTagInput,
  DismissDuplicatesInput,
  DuplicatePageOf,
  DuplicatesInput,
  Import,
  ImportListInput,
  ImportPageOf,
  InspectImportInput,
  JobStarted,
  MatchingChanged,
  MergeInput,
  OwnerOptions,
  RecordId,
  RecordTag,
  RecordVersion,
  RefusalListInput,
  RefusalPageOf,
  SamplesAdded,
  SamplesRemoved,
  SampleState,
  Saved,
  StartImportInput,
  Tag,
  Tags,
  TagUses,
  TimelineInput,
  TimelinePageOf,
  UpdateCompanyInput,
  UpdateContactInput,
  Updated,
  UpdateNoteInput,
  UpdateTagInput,
  UploadTicket,
} from "./schema";
import {
  changeMatching,
  companyCount,
  companyDetail,
  companyPage,
  contactCount,
  contactDetail,
  contactPage,
  createCompany,
  createContact,
  createNote,
  createTag,
  deleteCompany,
  deleteContact,
  deleteMany,
  deleteNote,
  deleteTag,
  dismissDuplicates,
  duplicatePage,
  importDetail,
  importPage,
  mergeRecords,
  ownerOptions,
  recallDuplicates,
  refusalPage,
  restoreCompany,
  restoreContact,
  restoreMany,
  restoreNote,
  restoreTag,
  startImport,
  tagList,
  tagMany,
  tagOne,
  tagUseList,
  timelinePage,
  undoMany,
  undoMerge,
  untagMany,
  untagOne,
  updateCompany,
  updateContact,
  updateMany,
  updateNote,
  updateTag,
} from "./service";
import { addSamples, removeSamples, sampleState } from "./service/sample-data";

const reading = orgProcedure.meta({ permission: "crm.read" });
const writing = orgProcedure.meta({ permission: "crm.write" });
const readingImports = orgProcedure.meta({ permission: "import.read" });
const importing = orgProcedure.meta({ permission: "import.create" });

/** What goes for companies and contacts alike. Acts on up to 1,000 records at once; each answers how many it changed and the batch that `bulkUndo` takes back. */
const recordsOf = (kind: RecordKind) => ({
  tag: writing
    .meta({ permission: "crm.write", rest: recordRoutes(kind).tag })
    .input(RecordTag)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => tagOne(scope, kind, input)).then(() => done),
    ),
  untag: writing
    .meta({ permission: "crm.write", rest: recordRoutes(kind).untag })
    .input(RecordTag)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => untagOne(scope, kind, input)).then(() => done),
    ),
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
    .output(MatchingChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => undoMany(scope, kind, input))),
  /** Groups that may be one record each. */
  duplicates: reading
    .input(DuplicatesInput)
    .output(DuplicatePageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => duplicatePage(scope, kind, input))),
  /** Alike, and yet not the same. */
  dismissDuplicates: writing
    .input(DismissDuplicatesInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => dismissDuplicates(scope, kind, input)).then(() => done),
    ),
  recallDuplicates: writing
    .input(DismissDuplicatesInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => recallDuplicates(scope, kind, input)).then(() => done),
    ),
  merge: writing
    .input(MergeInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => mergeRecords(scope, kind, input))),
  /** Of the record that was merged into another. */
  undoMerge: writing
    .input(RecordId)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => undoMerge(scope, kind, input))),
});

const companiesRouter = router({
  ...recordsOf("company"),
  bulkUpdate: writing
    .input(BulkUpdateCompaniesInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateMany(scope, "company", input))),
  changeMatching: writing
    .input(ChangeCompaniesInput)
    .output(MatchingChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => changeMatching(scope, "company", input))),
  list: reading
    .meta({ permission: "crm.read", rest: REST.companies.list })
    .input(CompanyListInput)
    .output(CompanyPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => companyPage(scope, input))),
  count: reading
    .input(CompanyMatching)
    .output(Count)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => companyCount(scope, input))),
  get: reading
    .meta({ permission: "crm.read", rest: REST.companies.get })
    .input(RecordId)
    .output(Company)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => companyDetail(scope, input))),
  create: writing
    .meta({ permission: "crm.write", rest: REST.companies.create })
    .input(CreateCompanyInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createCompany(scope, input))),
  update: writing
    .meta({ permission: "crm.write", rest: REST.companies.update })
    .input(UpdateCompanyInput)
    .output(Updated)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateCompany(scope, input))),
  delete: writing
    .meta({ permission: "crm.write", rest: REST.companies.delete })
    .input(RecordVersion)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => deleteCompany(scope, input)).then(() => done),
    ),
  restore: writing
    .meta({ permission: "crm.write", rest: REST.companies.restore })
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => restoreCompany(scope, input)).then(() => done),
    ),
});

const contactsRouter = router({
  ...recordsOf("contact"),
  bulkUpdate: writing
    .input(BulkUpdateContactsInput)
    .output(BulkChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateMany(scope, "contact", input))),
  changeMatching: writing
    .input(ChangeContactsInput)
    .output(MatchingChanged)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => changeMatching(scope, "contact", input))),
  list: reading
    .meta({ permission: "crm.read", rest: REST.contacts.list })
    .input(ContactListInput)
    .output(ContactPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => contactPage(scope, input))),
  count: reading
    .input(ContactMatching)
    .output(Count)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => contactCount(scope, input))),
  get: reading
    .meta({ permission: "crm.read", rest: REST.contacts.get })
    .input(RecordId)
    .output(Contact)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => contactDetail(scope, input))),
  create: writing
    .meta({ permission: "crm.write", rest: REST.contacts.create })
    .input(CreateContactInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createContact(scope, input))),
  update: writing
    .meta({ permission: "crm.write", rest: REST.contacts.update })
    .input(UpdateContactInput)
    .output(Updated)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateContact(scope, input))),
  delete: writing
    .meta({ permission: "crm.write", rest: REST.contacts.delete })
    .input(RecordVersion)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => deleteContact(scope, input)).then(() => done),
    ),
  restore: writing
    .meta({ permission: "crm.write", rest: REST.contacts.restore })
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => restoreContact(scope, input)).then(() => done),
    ),
});

const importsRouter = router({
  list: readingImports
    .meta({ permission: "import.read", rest: REST.imports.list })
    .input(ImportListInput)
    .output(ImportPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => importPage(scope, input))),
  get: readingImports
    .meta({ permission: "import.read", rest: REST.imports.get })
    .input(RecordId)
    .output(Import)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => importDetail(scope, input))),
  refusals: readingImports
    .meta({ permission: "import.read", rest: REST.imports.refusals })
    .input(RefusalListInput)
    .output(RefusalPageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => refusalPage(scope, input))),
  create: importing
    .meta({ permission: "import.create", rest: REST.imports.create })
    .input(CreateImportInput)
    .output(UploadTicket)
    .mutation(({ ctx, input }) => createUpload(ctx.actor, input)),
  inspect: importing
    .meta({ permission: "import.create", rest: REST.imports.inspect })
    .input(InspectImportInput)
    .output(Import)
    .mutation(({ ctx, input }) => inspectImport(ctx.actor, input)),
  start: importing
    .meta({ permission: "import.create", rest: REST.imports.start })
    .input(StartImportInput)
    .output(JobStarted)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => startImport(scope, input))),
  discard: importing
    .meta({ permission: "import.create", rest: REST.imports.discard })
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) => discardImport(ctx.actor, input).then(() => done)),
});

const tagsRouter = router({
  list: reading
    .meta({ permission: "crm.read", rest: REST.tags.list })
    .output(Tags)
    .query(({ ctx }) => readTenant(ctx.actor, (scope) => tagList(scope))),
  /** With counts, which read every link: for the page that manages tags. */
  uses: reading.output(TagUses).query(({ ctx }) => readTenant(ctx.actor, (scope) => tagUseList(scope))),
  create: writing
    .meta({ permission: "crm.write", rest: REST.tags.create })
    .input(CreateTagInput)
    .output(Tag)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createTag(scope, input))),
  update: writing
    .meta({ permission: "crm.write", rest: REST.tags.update })
    .input(UpdateTagInput)
    .output(Done)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateTag(scope, input)).then(() => done)),
  delete: writing
    .meta({ permission: "crm.write", rest: REST.tags.delete })
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => deleteTag(scope, input)).then(() => done)),
  restore: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => restoreTag(scope, input)).then(() => done),
    ),
});

const notesRouter = router({
  create: writing
    .input(CreateNoteInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createNote(scope, input))),
  update: writing
    .input(UpdateNoteInput)
    .output(Saved)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateNote(scope, input))),
  delete: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => deleteNote(scope, input)).then(() => done),
    ),
  restore: writing
    .input(RecordId)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.actor, (scope) => restoreNote(scope, input)).then(() => done),
    ),
});

const samplesRouter = router({
  state: reading.output(SampleState).query(({ ctx }) => readTenant(ctx.actor, sampleState)),
  add: writing.output(SamplesAdded).mutation(({ ctx }) => withTenant(ctx.actor, addSamples)),
  remove: writing.output(SamplesRemoved).mutation(({ ctx }) => withTenant(ctx.actor, removeSamples)),
});

export const crmRouter = router({
  samples: samplesRouter,
  tags: tagsRouter,
  notes: notesRouter,
  /** What happened to a company or contact, with its notes, the latest first. */
  timeline: reading
    .input(TimelineInput)
    .output(TimelinePageOf)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => timelinePage(scope, input))),
  companies: companiesRouter,
  contacts: contactsRouter,
  imports: importsRouter,
  /** Members that records can be given to. */
  owners: reading
    .output(OwnerOptions)
    .query(({ ctx }) => readTenant(ctx.actor, (scope) => ownerOptions(scope))),
});
