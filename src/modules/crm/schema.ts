/** CRM contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { DELIMITERS, TEXT_ENCODINGS } from "~/kernel/delimited-text";
import { PageInput, pageOf } from "~/kernel/paging";
import {
  COMPANY_FIELDS,
  CONTACT_FIELDS,
  isNamed,
  MERGE_FIELDS,
  NAMELESS,
  TAG_TONES,
  TIMELINE_KINDS,
  VALUES,
} from "./rules";

/** Text, or a number where one is meant. Left empty is null; left out is left as it is. */
const orEmptyFrom = <Given extends z.ZodType<string | number>, Value>(
  given: Given,
  value: z.ZodType<Value, string>,
) =>
  given.nullish().transform((content, context): Value | null | undefined => {
    if (content === null || content === undefined) return content;
    const text = String(content);
    if (text.trim() === "") return null;
    const parsed = value.safeParse(text);
    if (parsed.success) return parsed.data;
    // Not a union with "": its refusal would say what both halves expected.
    for (const { message } of parsed.error.issues) context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
const orEmpty = <Value>(value: z.ZodType<Value, string>) => orEmptyFrom(z.string(), value);
const EmployeeCount = orEmptyFrom(z.union([z.string(), z.number()]), VALUES.employeeCount);

const CompanyValues = {
  name: VALUES.name,
  domain: orEmpty(VALUES.domain),
  industry: orEmpty(VALUES.industry),
  employeeCount: EmployeeCount,
  phone: orEmpty(VALUES.phone),
  city: orEmpty(VALUES.city),
  countryCode: orEmpty(VALUES.country),
  notes: orEmpty(VALUES.notes),
  /** A member of the organization; null for nobody. Left out on creation: who creates it. */
  ownerId: orEmpty(z.uuid("Choose a member.")),
};

export const CreateCompanyInput = z.object(CompanyValues);
/** What is left out stays as it is, so that one field can be changed alone. */
export const UpdateCompanyInput = z.object({
  ...CompanyValues,
  name: VALUES.name.optional(),
  id: z.uuid(),
  /** `updatedAt` of the version that was edited; another one is refused. */
  updatedAt: z.date(),
});

const ContactValues = {
  firstName: orEmpty(VALUES.personName),
  lastName: orEmpty(VALUES.personName),
  email: orEmpty(VALUES.email),
  phone: orEmpty(VALUES.phone),
  jobTitle: orEmpty(VALUES.jobTitle),
  companyId: orEmpty(z.uuid("Choose a company.")),
  notes: orEmpty(VALUES.notes),
  ownerId: orEmpty(z.uuid("Choose a member.")),
};
export const CreateContactInput = z
  .object(ContactValues)
  .refine(isNamed, { message: NAMELESS, path: ["lastName"] });
export const UpdateContactInput = z.object({ ...ContactValues, id: z.uuid(), updatedAt: z.date() });

export const RecordId = z.object({ id: z.uuid() });
/** With `updatedAt`, only when that is the version still. */
export const RecordVersion = RecordId.extend({ updatedAt: z.date().optional() });
export type RecordVersion = z.infer<typeof RecordVersion>;
export const RecordTag = RecordId.extend({ tagId: z.uuid() });
export type RecordTag = z.infer<typeof RecordTag>;

// ─── Tags ───

export const TagTone = z.enum(TAG_TONES);
export const Tag = z.object({ id: z.uuid(), name: z.string(), tone: TagTone });
/** With the living records that carry it. */
export const TagUse = Tag.extend({ companyCount: z.int(), contactCount: z.int() });
export const Tags = z.array(Tag);
export const TagUses = z.array(TagUse);
/** Left out, the tone is the one that fewest tags have. */
export const CreateTagInput = z.object({ name: VALUES.tag, tone: TagTone.optional() });
export const UpdateTagInput = z.object({
  id: z.uuid(),
  name: VALUES.tag.optional(),
  tone: TagTone.optional(),
});

/** Which records: the same for a list, its count, its export and acts on all of it. */
const Matching = z.object({
  /** From three characters on found anywhere in name, domain or mail; below that at the beginning of words. */
  search: z.string().trim().max(200).default(""),
  /** Of everybody, one's own, of nobody, or of one member. */
  owner: z.union([z.enum(["all", "mine", "nobody"]), z.uuid()]).default("all"),
  /** Only records with this tag. */
  tag: z.uuid().nullish(),
});
export const CompanyMatching = Matching.extend({
  /** ISO 3166-1 alpha-2. */
  country: z.string().toUpperCase().length(2).nullish(),
});
export const ContactMatching = Matching.extend({ companyId: z.uuid().nullish() });

/** Rows of one page on screen. */
const limit = z.int().min(1).max(100).default(50);
const CONTACT_SORTS = ["-created", "created", "name", "-name"] as const;
export const CompanyListInput = PageInput.extend({
  ...CompanyMatching.shape,
  limit,
  /** A leading `-` is descending. A company without a head count comes before one of zero people. */
  sort: z.enum([...CONTACT_SORTS, "employees", "-employees"]).default("-created"),
});
export const ContactListInput = PageInput.extend({
  ...ContactMatching.shape,
  limit,
  sort: z.enum(CONTACT_SORTS).default("-created"),
});
export const Count = z.object({ count: z.int().nonnegative() });

/** Who has a record; the name is null when the person is no longer a member. */
export const Owner = z.object({ id: z.uuid(), name: z.string().nullable(), isMe: z.boolean() });
export const OwnerOptions = z.array(z.object({ id: z.uuid(), name: z.string(), isMe: z.boolean() }));

export const CompanyItem = z.object({
  id: z.uuid(),
  name: z.string(),
  domain: z.string().nullable(),
  industry: z.string().nullable(),
  employeeCount: z.int().nullable(),
  city: z.string().nullable(),
  countryCode: z.string().nullable(),
  phone: z.string().nullable(),
  owner: Owner.nullable(),
  tags: Tags,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export const CompanyPageOf = pageOf(CompanyItem);
export const Company = CompanyItem.extend({
  notes: z.string().nullable(),
  importId: z.uuid().nullable(),
  contactCount: z.int().nonnegative(),
});

export const ContactItem = z.object({
  id: z.uuid(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  jobTitle: z.string().nullable(),
  /** Null also when the company is deleted. */
  company: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  owner: Owner.nullable(),
  tags: Tags,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export const ContactPageOf = pageOf(ContactItem);
export const Contact = ContactItem.extend({
  notes: z.string().nullable(),
  importId: z.uuid().nullable(),
});

export const Saved = z.object({ id: z.uuid() });
/** With the version that the next change names. */
export const Updated = Saved.extend({ updatedAt: z.date() });

// ─── Timeline and notes ───

export const RecordRef = z.object({ kind: z.enum(["company", "contact"]), id: z.uuid() });
export const CreateNoteInput = z.object({ of: RecordRef, body: VALUES.note });
export const UpdateNoteInput = z.object({ id: z.uuid(), body: VALUES.note, updatedAt: z.date() });

export const TimelineInput = PageInput.extend({ of: RecordRef });
export const TimelineItem = z.object({
  id: z.uuid(),
  kind: z.enum(TIMELINE_KINDS),
  at: z.date(),
  /** Null for what the platform does by itself, and where nobody was noted. */
  by: Owner.nullable(),
  /** As a person reads them: names of members and companies, not their ids. */
  changes: z.array(
    z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  note: z.object({ body: z.string(), updatedAt: z.date(), isEdited: z.boolean() }).nullable(),
  /** The record it has to do with; null when that is gone. `others` more of its kind. */
  record: RecordRef.extend({ name: z.string(), others: z.int() }).nullable(),
  /** Null also when the tag is gone. */
  tag: Tag.nullable(),
  import: z.object({ id: z.uuid(), fileName: z.string() }).nullable(),
});
export const TimelinePageOf = pageOf(TimelineItem);
/** Rows that a record's page begins with, so that the server reads what the browser will ask for. */
export const TIMELINE_SHOWN = 25;
export const CONTACTS_SHOWN = 25;

// ─── Merging ───

const Seen = z.object({ id: z.uuid(), updatedAt: z.date() });
/** Both as the person saw them; `take` names the fields whose value comes from the other one. */
export const MergeInput = z
  .object({
    kept: Seen,
    other: Seen,
    take: z.array(z.enum([...new Set([...MERGE_FIELDS.company, ...MERGE_FIELDS.contact])])).default([]),
  })
  .refine(({ kept, other }) => kept.id !== other.id, "Choose two different records.");
/** What is kept with a merged record, so that it can come back. */
export const MergeUndo = z.object({
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  contactIds: z.array(z.uuid()),
  noteIds: z.array(z.uuid()),
  tagIds: z.array(z.uuid()),
});
export const DuplicatesInput = PageInput.extend({ by: z.enum(["name", "phone"]).default("name") });
/** A group as it was seen; it is shown again when more records join it. */
export const DismissDuplicatesInput = z.object({
  by: z.enum(["name", "phone"]),
  key: z.string().min(1).max(500),
  total: z.int().min(2),
});
export const DuplicateGroup = z.object({
  key: z.string(),
  /** Of these, the first ten are in `records`. */
  total: z.int(),
  records: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      address: z.string().nullable(),
      phone: z.string().nullable(),
      place: z.string().nullable(),
      createdAt: z.date(),
    }),
  ),
});
export const DuplicatePageOf = pageOf(DuplicateGroup);

// ─── Many at once ───

/** Records of an act on many; those of other organizations and those that are gone are passed over. */
export const BulkIds = z.object({
  ids: z
    .array(z.uuid())
    .min(1, "Select at least one record.")
    .max(1_000, "At most 1,000 records at a time.")
    .transform((ids) => [...new Set(ids)]),
});
const isOneChange = ({ ids: _, ...values }: { ids: string[] } & Record<string, unknown>) =>
  Object.values(values).filter((value) => value !== undefined).length === 1;
const ONE_CHANGE = "Change one field at a time.";
/** One field, and the value that all get; null or empty for none. */
export const BulkUpdateCompaniesInput = BulkIds.extend({
  ownerId: CompanyValues.ownerId,
  countryCode: CompanyValues.countryCode,
  industry: CompanyValues.industry,
}).refine(isOneChange, ONE_CHANGE);
export const BulkUpdateContactsInput = BulkIds.extend({
  ownerId: ContactValues.ownerId,
  companyId: ContactValues.companyId,
}).refine(isOneChange, ONE_CHANGE);
export const BulkTagInput = BulkIds.extend({ tagId: z.uuid() });
/** How many records were changed, and what the undo names. */
export const BulkChanged = z.object({ batchId: z.uuid(), count: z.int().nonnegative() });
export const BulkUndoInput = z.object({ batchId: z.uuid() });

/** What can be done to all that match a list's filters at once. */
export const BulkAct = z.discriminatedUnion("do", [
  z.object({ do: z.literal("delete") }),
  z.object({ do: z.literal("own"), ownerId: z.uuid("Choose a member.").nullable() }),
  z.object({ do: z.literal("tag"), tagId: z.uuid() }),
  z.object({ do: z.literal("untag"), tagId: z.uuid() }),
]);
export const ChangeCompaniesInput = z.object({ matching: CompanyMatching, act: BulkAct });
export const ChangeContactsInput = z.object({ matching: ContactMatching, act: BulkAct });
/** Up to 1,000 records are changed at once; beyond, `jobId` does it, and `count` is not known yet. */
export const MatchingChanged = BulkChanged.extend({ jobId: z.uuid().nullable() });

const RecordKind = z.enum(["company", "contact"]);
/** What the jobs are given. `until`: records made later are left alone. */
export const ChangeJobInput = z.object({
  kind: RecordKind,
  matching: ContactMatching.extend(CompanyMatching.shape),
  act: BulkAct,
  until: z.iso.datetime(),
});
export const UndoJobInput = z.object({ kind: RecordKind, batchId: z.uuid() });

// ─── Import ───

export const ImportEntity = z.enum(["company", "contact"]);
export const ImportField = z.enum([...new Set([...COMPANY_FIELDS, ...CONTACT_FIELDS])]);
export const ImportStatus = z.enum(["awaiting_upload", "ready", "started", "finished", "discarded"]);
export const OnDuplicate = z.enum(["update", "skip"]);
export const FileEncoding = z.enum(TEXT_ENCODINGS);
export const FileDelimiter = z.enum(DELIMITERS);

/** 200 MB (10⁶ bytes each). */
export const MAX_IMPORT_BYTES = 200_000_000;
export const MAX_COLUMNS = 500;
export const UPLOAD_TYPE = "text/csv";

export const CreateImportInput = z.object({
  entity: ImportEntity,
  fileName: z
    .string()
    .trim()
    .min(1, "The file needs a name.")
    .transform((name) => name.replace(/[\p{Cc}\p{Cf}/\\]/gu, "").slice(-200) || "import.csv"),
  sizeBytes: z
    .int()
    .min(1, "The file is empty. Choose one with rows in it.")
    .max(MAX_IMPORT_BYTES, "The file is larger than 200 MB. Split it into smaller files."),
});
/** Where the browser puts the file: PUT with these headers within 15 minutes. */
export const UploadTicket = z.object({
  id: z.uuid(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});

export const InspectImportInput = RecordId.extend({
  /** Overrule what was found. */
  encoding: FileEncoding.optional(),
  delimiter: FileDelimiter.optional(),
});

/** One of the first rows, as text. */
const SampleRow = z.object({ line: z.int(), cells: z.array(z.string()), problem: z.string().nullable() });

/** What a look at the file's first part found. Rows go when the import starts: they are people's data. */
export const Inspection = z.object({
  encoding: FileEncoding,
  delimiter: FileDelimiter,
  /** Byte and line (1-based) of the first record. */
  dataOffset: z.int(),
  dataLine: z.int(),
  hasHeader: z.boolean(),
  /** Cells that a row must have. */
  columnCount: z.int(),
  /** The first row's cells: names of the columns when `hasHeader`. */
  firstRow: z.array(z.string()),
  rows: z.array(SampleRow),
  /** Version of the object that was looked at: the same one must be read. */
  etag: z.string(),
});
export const Mapping = z.array(ImportField.nullable()).max(MAX_COLUMNS);

export const StartImportInput = RecordId.extend({
  mapping: Mapping,
  hasHeader: z.boolean(),
  onDuplicate: OnDuplicate,
});

export const JobStarted = z.object({ jobId: z.uuid() });

const Counts = z.object({
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  refused: z.int(),
});
export const ImportItem = z.object({
  id: z.uuid(),
  entity: ImportEntity,
  status: ImportStatus,
  fileName: z.string(),
  sizeBytes: z.int(),
  jobId: z.uuid().nullable(),
  counts: Counts,
  by: Owner,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export const ImportListInput = PageInput.extend({
  entity: ImportEntity.nullish(),
  status: ImportStatus.nullish(),
});
export const ImportPageOf = pageOf(ImportItem);
export const Import = ImportItem.extend({
  inspection: Inspection.nullable(),
  mapping: Mapping.nullable(),
  suggestedMapping: Mapping.nullable(),
  hasHeader: z.boolean(),
  onDuplicate: OnDuplicate,
});

export const RefusalListInput = PageInput.extend({ id: z.uuid() });
export const Refusal = z.object({
  /** 1-based, as an editor counts. */
  line: z.int(),
  reason: z.string(),
  cells: z.array(z.string()),
});
export const RefusalPageOf = pageOf(Refusal);

/** What the job is given: everything else stands in the import's row. */
export const ImportJobInput = z.object({ importId: z.uuid() });

export type Tag = z.infer<typeof Tag>;
export type TagUse = z.infer<typeof TagUse>;
export type TagTone = z.infer<typeof TagTone>;
export type CreateTagInput = z.infer<typeof CreateTagInput>;
export type UpdateTagInput = z.infer<typeof UpdateTagInput>;
export type MergeInput = z.infer<typeof MergeInput>;
export type MergeUndo = z.infer<typeof MergeUndo>;
export type DuplicatesInput = z.infer<typeof DuplicatesInput>;
export type DismissDuplicatesInput = z.infer<typeof DismissDuplicatesInput>;
export type DuplicateGroup = z.infer<typeof DuplicateGroup>;
export type RecordRef = z.infer<typeof RecordRef>;
export type CreateNoteInput = z.infer<typeof CreateNoteInput>;
export type UpdateNoteInput = z.infer<typeof UpdateNoteInput>;
export type TimelineInput = z.infer<typeof TimelineInput>;
export type TimelineItem = z.infer<typeof TimelineItem>;
export type BulkIds = z.infer<typeof BulkIds>;
export type BulkUpdateInput =
  z.infer<typeof BulkUpdateCompaniesInput> | z.infer<typeof BulkUpdateContactsInput>;
export type BulkTagInput = z.infer<typeof BulkTagInput>;
export type BulkAct = z.infer<typeof BulkAct>;
export type ChangeJobInput = z.infer<typeof ChangeJobInput>;
export type UndoJobInput = z.infer<typeof UndoJobInput>;
export type MatchingChanged = z.infer<typeof MatchingChanged>;
export type BulkChanged = z.infer<typeof BulkChanged>;
export type CreateCompanyInput = z.infer<typeof CreateCompanyInput>;
export type UpdateCompanyInput = z.infer<typeof UpdateCompanyInput>;
export type CreateContactInput = z.infer<typeof CreateContactInput>;
export type UpdateContactInput = z.infer<typeof UpdateContactInput>;
/** Made-up records that are there, and whether they may be added: only where there is no record at all. */
export const SampleState = z.object({
  companies: z.int().nonnegative(),
  contacts: z.int().nonnegative(),
  mayAdd: z.boolean(),
});
export type SampleState = z.infer<typeof SampleState>;
export const SamplesAdded = z.object({ companies: z.int(), contacts: z.int() });
export type SamplesAdded = z.infer<typeof SamplesAdded>;
/** `kept`: those that had become the organization's own. */
export const SamplesRemoved = SamplesAdded.extend({ kept: z.int() });
export type SamplesRemoved = z.infer<typeof SamplesRemoved>;

export type CompanyListInput = z.infer<typeof CompanyListInput>;
export type ContactListInput = z.infer<typeof ContactListInput>;
export type CompanyMatching = z.infer<typeof CompanyMatching>;
export type ContactMatching = z.infer<typeof ContactMatching>;
export type CompanyItem = z.infer<typeof CompanyItem>;
export type Company = z.infer<typeof Company>;
export type ContactItem = z.infer<typeof ContactItem>;
export type Contact = z.infer<typeof Contact>;
export type Owner = z.infer<typeof Owner>;
export type ImportListInput = z.infer<typeof ImportListInput>;
export type CreateImportInput = z.infer<typeof CreateImportInput>;
export type InspectImportInput = z.infer<typeof InspectImportInput>;
export type StartImportInput = z.infer<typeof StartImportInput>;
export type Inspection = z.infer<typeof Inspection>;
export type Mapping = z.infer<typeof Mapping>;
export type ImportItem = z.infer<typeof ImportItem>;
export type Import = z.infer<typeof Import>;
export type ImportStatus = z.infer<typeof ImportStatus>;
export type Refusal = z.infer<typeof Refusal>;
export type ImportJobInput = z.infer<typeof ImportJobInput>;
