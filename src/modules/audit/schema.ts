/** What an act looks like when it is written down, and when it is read again. Pure; safe in the browser. */
import { z } from "zod";
import { PageInput, pageOf } from "~/kernel/paging";
import { GROUP_NAMES } from "./rules";

/** Values before or after a change. Names of secrets are masked before they are stored. */
export const AuditValues = z.record(z.string(), z.unknown());

export const AuditRecord = z.object({
  /** `noun.verbed`, past tense: `member.role_changed`. */
  action: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  target: z.object({ type: z.string(), id: z.string() }).optional(),
  before: AuditValues.optional(),
  after: AuditValues.optional(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/** In the filter of people: acts that no person did. */
export const PLATFORM = "platform";

const Day = z.iso.date("Write a day like 2026-11-21.");

export const AuditListInput = PageInput.extend({
  /** A member's name or mail, words of what was done, or an id: of the entry, its target or its correlation. */
  search: z.string().trim().max(200).optional(),
  person: z.union([z.uuid(), z.literal(PLATFORM)]).optional(),
  group: z.enum(GROUP_NAMES).optional(),
  /** Id of what it was done to. */
  target: z.string().max(100).optional(),
  /** Days of the organization's time zone, both included. */
  from: Day.optional(),
  to: Day.optional(),
  refusals: z.literal("only").optional(),
  cursor: z.uuid().nullish(),
});
export type AuditListInput = z.infer<typeof AuditListInput>;

export const AuditItem = z.object({
  id: z.uuid(),
  at: z.date(),
  action: z.string(),
  /** Null: the platform itself. A name of null: somebody who is no member (any more). */
  actor: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  /** "key:<id>", or null for a page of their own. */
  via: z.string().nullable(),
  /** After the name: "changed the role of Ben from member to admin". */
  deed: z.string(),
  isRefusal: z.boolean(),
  target: z
    .object({
      type: z.string(),
      id: z.string(),
      label: z.string().nullable(),
      /** Below `/o/{slug}`; null where it has no page, or is gone. */
      path: z.string().nullable(),
    })
    .nullable(),
  before: AuditValues.nullable(),
  after: AuditValues.nullable(),
  /** Client address; null for work nobody waited for, and where it was erased. */
  address: z.string().nullable(),
  /** The values were erased with the person they were about. */
  isErased: z.boolean(),
  correlationId: z.string().nullable(),
  /** Number in the organization's chain; null for the second until it is sealed. */
  seal: z.object({ seq: z.int(), hash: z.string(), sealedAt: z.date() }).nullable(),
});
export type AuditItem = z.infer<typeof AuditItem>;
export const AuditPage = pageOf(AuditItem);
export type AuditPage = z.infer<typeof AuditPage>;

export const AuditEntryInput = z.object({ id: z.uuid() });

export const AuditPerson = z.object({ id: z.uuid(), name: z.string() });

export const ChainState = z.object({
  /** Entries sealed so far; the last one's hash and when. */
  sealed: z.int(),
  head: z.object({ hash: z.string(), sealedAt: z.date() }).nullable(),
  /** Up to which seal the chain was verified, and when last; null until the first time. */
  verified: z.object({ seq: z.int(), at: z.date(), wholeAt: z.date().nullable() }).nullable(),
  fault: z
    .object({
      kind: z.enum(["changed", "missing", "unsealed", "detail_changed"]),
      entryId: z.uuid().nullable(),
      seq: z.int().nullable(),
    })
    .nullable(),
});
export type ChainState = z.infer<typeof ChainState>;
