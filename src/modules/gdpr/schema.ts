/** GDPR contracts: what may cross this slice's doors. Pure; safe in the browser. Instants are UTC. */
import { z } from "zod";
import { line } from "~/kernel/text";

export const KINDS = ["person", "organization"] as const;
export type Kind = (typeof KINDS)[number];

export const ErasureState = z.enum(["requested", "undone", "running", "blocked", "residue", "completed"]);
export type ErasureState = z.infer<typeof ErasureState>;

/** A step as it is shown: what it does in words, and how far it is. */
export const StepView = z.object({
  label: z.string(),
  count: z.number(),
  isDone: z.boolean(),
});
export const ErasureView = z.object({
  id: z.uuid(),
  kind: z.enum(KINDS),
  state: ErasureState,
  requestedAt: z.date(),
  dueAt: z.date(),
  completedAt: z.date().nullable(),
  steps: z.array(StepView),
});
export type ErasureView = z.infer<typeof ErasureView>;

export const ExportView = z.object({
  id: z.uuid(),
  state: z.enum(["running", "finished", "failed", "expired"]),
  requestedAt: z.date(),
  expiresAt: z.date().nullable(),
  rowsWritten: z.number(),
  sizeBytes: z.number(),
  /** The organization's job that writes it. */
  jobId: z.uuid().nullable(),
});
export type ExportView = z.infer<typeof ExportView>;

/** Organizations that stand in a person's way, or go with them. */
const OrganizationNamed = z.object({ slug: z.string(), name: z.string() });

export const PersonData = z.object({
  email: z.string(),
  erasure: ErasureView.nullable(),
  exports: z.array(ExportView),
  /** The person is their only owner, and others work there. */
  /** A suspended one can be handed over, not deleted. */
  handOverFirst: z.array(OrganizationNamed.extend({ isSuspended: z.boolean() })),
  /** Nobody else belongs to them: they are deleted with the person. */
  goesWithThem: z.array(OrganizationNamed),
});
export type PersonData = z.infer<typeof PersonData>;

export const OrganizationData = z.object({
  name: z.string(),
  erasure: ErasureView.nullable(),
  exports: z.array(ExportView),
  memberCount: z.int(),
});
export type OrganizationData = z.infer<typeof OrganizationData>;

export const ConfirmInput = z.object({ confirmation: line(320) });
export const ExportIdInput = z.object({ id: z.uuid() });
export const ExportStarted = z.object({ id: z.uuid(), jobId: z.uuid().nullable() });
/** Good for 5 minutes; downloads, never shown in the browser. */
export const Download = z.object({ url: z.string() });
export const TokenInput = z.object({ token: z.string().max(100) });
export const Requested = z.object({ id: z.uuid(), dueAt: z.date() });

/** What the link of a mail leads to, as far as whoever holds it may know. */
export const ErasurePreview = z.object({
  state: z.enum(["unknown", ...ErasureState.options]),
  kind: z.enum(KINDS).nullable(),
  dueAt: z.date().nullable(),
});
export type ErasurePreview = z.infer<typeof ErasurePreview>;

// ─── The certificate ───

const Finding = z.object({
  /** `table.column`, or `objects: keys` and `objects: contents`. */
  where: z.string(),
  what: z.enum(["id", "address", "name"]),
  count: z.int(),
  verdict: z.enum(["kept", "others", "left"]),
  why: z.string(),
});
export type Finding = z.infer<typeof Finding>;

const Part = z.object({
  kind: z.enum(KINDS),
  /** An id that leads to nobody. */
  subjectId: z.uuid(),
  erased: z.array(z.object({ what: z.string(), how: z.enum(["removed", "emptied"]), count: z.int() })),
  kept: z.array(z.object({ what: z.string(), why: z.string(), until: z.string() })),
  search: z.object({
    tables: z.int(),
    columns: z.int(),
    objects: z.int(),
    isClean: z.boolean(),
    findings: z.array(Finding),
  }),
});
export type CertificatePart = z.infer<typeof Part>;

export const Certificate = z.object({
  version: z.literal(1),
  erasureId: z.uuid(),
  requestedAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  completedAt: z.iso.datetime(),
  /** The person or the organization first; then organizations that went with them. */
  parts: z.array(Part),
  /** What lies beyond the platform's database and files. */
  beyond: z.array(z.object({ what: z.string(), words: z.string() })),
});
export type Certificate = z.infer<typeof Certificate>;

/** An erasure as the platform's staff see it. */
export const ErasureSeen = z.object({
  id: z.uuid(),
  kind: z.enum(KINDS),
  subjectId: z.uuid(),
  /** Null once the row that has it is gone. */
  name: z.string().nullable(),
  state: ErasureState,
  requestedAt: z.date(),
  dueAt: z.date(),
  completedAt: z.date().nullable(),
  /** Since when it waits for somebody; null while it does not. */
  waitsSince: z.date().nullable(),
  /** What the search found that nothing explains; empty in any other state than `residue`. */
  left: z.array(Finding),
  /** The organizations to hand over first; empty in any other state than `blocked`. */
  inTheWay: z.array(OrganizationNamed.extend({ id: z.uuid() })),
  /** Of the page that shows the certificate; null before there is one. */
  certificatePath: z.string().nullable(),
});
export type ErasureSeen = z.infer<typeof ErasureSeen>;
export const ErasureSeenWhole = ErasureSeen.extend({ steps: z.array(StepView) });
export type ErasureSeenWhole = z.infer<typeof ErasureSeenWhole>;

export const CertificateView = z.object({
  preview: ErasurePreview,
  steps: z.array(StepView),
  certificate: Certificate.nullable(),
});
export type CertificateView = z.infer<typeof CertificateView>;

/** What is looked for at the end, and where the last mail goes. Emptied with the last step. */
export const Sought = z.object({
  ids: z.array(z.string()),
  addresses: z.array(z.string()),
  names: z.array(z.string()),
  mailTo: z.array(z.string()),
});
export type Sought = z.infer<typeof Sought>;
